import { ChartNoAxesColumn } from 'lucide-react';
import { useState } from 'react';
import type { SimulationResult } from '#shared/jobs/simulation.ts';
import {
  histogramOf,
  type HistogramOrder,
  registerNames,
  sampleShares,
} from '#renderer/lib/histogram-rows.ts';
import { useSettings } from '#renderer/lib/settings.ts';
import { useActiveDocument } from '#renderer/lib/workspace/workspace-store.ts';
import { Bars } from '#renderer/ui/bars.tsx';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { EmptyState } from '#renderer/ui/states.tsx';
import { hasOneState } from './averages.tsx';
import { useLive, useSampling } from './live-simulation.ts';
import { PanelFrame } from './panel-frame.tsx';
import { Sampling } from './sampling.tsx';

type Source = 'measured' | 'qubits';

const shownBars = 64;

/** Probabilities as bars: of the measured bits, or of the qubits before they are measured. */
export function HistogramPanel() {
  // What was chosen for one circuit says nothing of another, which may have no bits.
  const [chosen, setChosen] = useState<{ key: string; source: Source } | null>(null);
  const [order, setOrder] = useState<HistogramOrder>('value');
  const key = useActiveDocument()?.key ?? '';
  const source = chosen?.key === key ? chosen.source : null;
  return (
    <PanelFrame
      label="Probabilities"
      tools={
        <>
          <SourceSwitch chosen={source} onChange={(next) => setChosen({ key, source: next })} />
          <Segmented
            label="Order of the bars"
            value={order}
            options={[
              { value: 'value', title: 'By value' },
              { value: 'probability', title: 'By probability' },
            ]}
            onChange={setOrder}
          />
          <Sampling />
        </>
      }
    >
      {(result) => (
        <Distribution result={result} source={source ?? usualSource(result)} order={order} />
      )}
    </PanelFrame>
  );
}

function SourceSwitch(props: { chosen: Source | null; onChange: (value: Source) => void }) {
  const result = useLive((state) => state.result);
  return (
    <Segmented
      label="What is shown"
      value={props.chosen ?? (result === null ? 'qubits' : usualSource(result))}
      options={[
        { value: 'qubits', title: 'Qubits' },
        { value: 'measured', title: 'Measured bits' },
      ]}
      onChange={props.onChange}
    />
  );
}

function usualSource(result: SimulationResult): Source {
  const hasQubits = result.qubitProbabilities !== null || result.registers.length === 0;
  return hasQubits ? 'qubits' : 'measured';
}

interface BarsProps {
  readonly result: SimulationResult;
  readonly source: Source;
  readonly order: HistogramOrder;
}

function Distribution({ result, source, order }: BarsProps) {
  const bitOrder = useSettings((state) => state.settings.bitOrder);
  const isSampling = useSampling((state) => state.shots !== null);
  const distribution = source === 'qubits' ? result.qubitProbabilities : result.probabilities;
  if (source === 'measured' && result.registers.length === 0) return <NoBits />;
  if (distribution === null || distribution === undefined) {
    return <NotDefined result={result} source={source} />;
  }
  const registers = source === 'qubits' ? result.qubits : result.registers;
  const histogram = histogramOf(distribution, {
    limit: shownBars,
    order,
    bitOrder,
    registers,
    rest: (source === 'qubits' ? result.rest?.qubits : result.rest?.probabilities) ?? null,
  });
  const counts = source === 'measured' ? result.counts : undefined;
  return (
    <>
      {isSampling && source === 'qubits' ? (
        <p className="inspector-note">
          {result.registers.length === 0
            ? 'Shots read classical bits, and this circuit has none. Add a measurement.'
            : 'Shots read the classical bits: choose “Measured bits” to see them.'}
        </p>
      ) : null}
      <Bars
        histogram={histogram}
        heading={registerNames(bitOrder, registers)}
        samples={counts === undefined ? null : sampleShares(counts, bitOrder, registers)}
      />
    </>
  );
}

function NotDefined({ result, source }: { result: SimulationResult; source: Source }) {
  const text =
    source === 'measured'
      ? 'The simulation gave no distribution of the bits.'
      : hasOneState(result)
        ? 'The qubits have too many outcomes for a list. Measure those that matter and look at the measured bits, exactly or by shots.'
        : 'Qubits are measured, reset or conditioned on the way, so there is no single state before the end. Look at the measured bits.';
  return <EmptyState icon={ChartNoAxesColumn} title="Not defined here" text={text} />;
}

function NoBits() {
  return (
    <EmptyState
      icon={ChartNoAxesColumn}
      title="No classical bits"
      text="Add a measurement to see what it reads."
    />
  );
}
