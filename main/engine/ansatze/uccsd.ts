import { AppError } from '#shared/base/errors.ts';
import { excitationGenerator } from '#shared/chemistry/second-quantisation.ts';
import { type Ansatz, layers, openCircuit } from './ansatz.ts';
import {
  doubles,
  electronsParameter,
  evolutionUnder,
  fermionsOf,
  reference,
  singles,
} from './excitations.ts';

/**
 * Unitary coupled cluster: from the Hartree-Fock determinant, exp(θ(T − T†)) for each double and single excitation T in
 * one Trotter step a layer (Peruzzo et al. 2014, arXiv:1304.3061; Romero et al. 2018, arXiv:1701.02691).
 */
export const uccsd: Ansatz = {
  id: 'uccsd',
  title: 'UCCSD',
  summary:
    'Moves one and two electrons from filled orbitals of the Hartree-Fock state to empty ones; their number stays.',
  parameters: [layers(1), electronsParameter],
  circuit: (hamiltonian, settings) => {
    const path = 'settings.ansatz.electrons';
    const given = settings['electrons'] as readonly number[] | undefined;
    const fermions = fermionsOf(hamiltonian, given, path);
    const generators = [...doubles(fermions), ...singles(fermions)].map((one) =>
      excitationGenerator(one, fermions),
    );
    if (generators.length === 0) {
      throw new AppError(
        'bad-input',
        `There is nothing to excite: ${fermions.electrons.join(' and ')} electrons fill none or all of ${fermions.orbitals} orbitals. Choose a larger active space, or another ansatz.`,
        { path },
      );
    }
    return openCircuit(hamiltonian.qubits, (theta) => [
      ...reference(fermions),
      ...Array.from({ length: settings['layers'] as number }, () =>
        generators.flatMap((generator) => evolutionUnder(generator, theta())),
      ).flat(),
    ]);
  },
};
