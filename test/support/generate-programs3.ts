import { type Rng, shuffled } from '#shared/base/rng.ts';
import {
  arrayType,
  type GeneratedType,
  isSame,
  itemOf,
  literalText,
  once,
  pick,
  scalarType,
  typeText,
} from './generate-types3.ts';

interface Variable {
  readonly name: string;
  readonly type: GeneratedType;
  readonly isFixed: boolean;
  readonly isGlobal: boolean;
}

interface Register {
  readonly name: string;
  /** 0: a single qubit. */
  readonly size: number;
}

interface Subroutine {
  readonly name: string;
  readonly parameters: readonly (GeneratedType | 'qubit' | 'qubits')[];
  readonly result: GeneratedType | null;
}

/** Where a statement stands. */
interface Place {
  readonly in: 'program' | 'subroutine' | 'gate';
  readonly depth: number;
  readonly isInLoop: boolean;
  readonly result: GeneratedType | null;
}

const standard: readonly (readonly [string, number, number])[] = [
  ['h', 0, 1],
  ['x', 0, 1],
  ['s', 0, 1],
  ['sx', 0, 1],
  ['t', 0, 1],
  ['rx', 1, 1],
  ['p', 1, 1],
  ['U', 3, 1],
  ['u2', 2, 1],
  ['u3', 3, 1],
  ['cx', 0, 2],
  ['cp', 1, 2],
  ['swap', 0, 2],
  ['ccx', 0, 3],
  ['cu', 4, 2],
  ['id', 0, 1],
  ['gphase', 1, 0],
];

/**
 * A program of OpenQASM 3 out of its grammar over all types, mostly well typed; about one part in
 * `faults` is of another type, out of place or out of range.
 */
export class ProgramGenerator3 {
  readonly #rng: Rng;
  readonly #faults: number;
  #variables: Variable[] = [];
  #registers: Register[] = [];
  readonly #gates: [string, number, number][] = [];
  readonly #subroutines: Subroutine[] = [];
  #count = 0;
  #isInGate = false;

  constructor(rng: Rng, faults: number) {
    this.#rng = rng;
    this.#faults = faults;
  }

  program(): string {
    const rng = this.#rng;
    const lines = [pick(['OPENQASM 3.0;', 'OPENQASM 3.1;', 'OPENQASM 3;', ''], rng)];
    if (!once(12, rng)) lines.push('include "stdgates.inc";');
    lines.push(this.#qubits());
    const count = 2 + rng.below(12);
    for (let i = 0; i < count; i++) lines.push(this.#global());
    return `${lines.join('\n')}\n`;
  }

  #isFault(): boolean {
    return once(this.#faults, this.#rng);
  }

  #fresh(prefix: string): string {
    if (this.#isFault() && this.#variables.length > 0) return pick(this.#variables, this.#rng).name;
    return `${prefix}${this.#count++}`;
  }

  #qubits(): string {
    const name = this.#fresh('q');
    const size = pick([0, 1, 2, 3], this.#rng);
    this.#registers.push({ name, size });
    return size === 0 ? `qubit ${name};` : `qubit[${size}] ${name};`;
  }

  #global(): string {
    const rng = this.#rng;
    const place: Place = { in: 'program', depth: 0, isInLoop: false, result: null };
    switch (rng.below(16)) {
      case 0:
        return this.#gate();
      case 1:
        return this.#subroutine();
      case 2:
        return this.#registers.length < 3 ? this.#qubits() : this.#statement(place);
      case 3:
        return this.#constant();
      case 4:
        return this.#oddity();
      case 5:
        return this.#declared(arrayType(rng), true);
      case 6:
      case 7:
        return this.#declared(scalarType(rng), true);
      default:
        return this.#statement(place);
    }
  }

  #oddity(): string {
    const rng = this.#rng;
    const name = this.#fresh('e');
    const type = scalarType(rng);
    switch (rng.below(9)) {
      case 0:
        this.#variables.push({ name, type, isFixed: true, isGlobal: true });
        return `input ${typeText(type)} ${name};`;
      case 1:
        this.#variables.push({ name, type, isFixed: false, isGlobal: true });
        return `output ${typeText(type)} ${name};`;
      case 2:
        this.#subroutines.push({ name, parameters: [type], result: type });
        return `extern ${name}(${typeText(type)}) -> ${typeText(type)};`;
      case 3:
        return 'pragma ketbench something { here';
      case 4:
        return `@noted here\n${this.#statement({ in: 'program', depth: 1, isInLoop: false, result: null })}`;
      case 5:
        return `defcal ${pick(['x', 'rx(pi)', 'measure'], rng)} ${pick(['$0', 'q'], rng)}${pick(['', ' -> bit'], rng)} { play(d, w); }`;
      case 6:
        return 'cal { port p; frame f = newframe(p, 5e9, 0.0); }';
      case 7:
        return 'defcalgrammar "openpulse";';
      default:
        return pick(['end;', 'include "missing.inc";', ';', 'nop q0;', 'barrier;'], rng);
    }
  }

  #constant(): string {
    const type = scalarType(this.#rng);
    const value = once(3, this.#rng)
      ? this.expression(type, 2, true)
      : literalText(type, this.#rng);
    const name = this.#fresh('k');
    this.#variables.push({ name, type, isFixed: true, isGlobal: false });
    return `const ${typeText(type)} ${name} = ${value};`;
  }

  #declared(type: GeneratedType, isGlobal: boolean): string {
    const rng = this.#rng;
    const value = this.#initial(type);
    const name = this.#fresh('v');
    this.#variables.push({ name, type, isFixed: false, isGlobal });
    return `${typeText(type)} ${name}${value === '' ? '' : ` = ${value}`};${once(20, rng) ? ' // note' : ''}`;
  }

  #initial(type: GeneratedType): string {
    const rng = this.#rng;
    if (once(4, rng)) return '';
    if (type.kind === 'bit' && once(3, rng)) return `measure ${this.#wire()}`;
    if (type.shape.length === 0) return this.expression(type, 2);
    const same = this.#variables.filter((one) => isSame(one.type, type));
    return same.length > 0 && once(3, rng) ? pick(same, rng).name : literalText(type, rng);
  }

  #gate(): string {
    const rng = this.#rng;
    const name = once(8, rng)
      ? pick(['u', 'p', 'iswap', 'CX', 'h', 'rccx'], rng)
      : this.#fresh('g');
    const parameters = Array.from({ length: rng.below(3) }, (_, i) => `t${i}`);
    const qubits = Array.from({ length: 1 + rng.below(2) }, (_, i) => `w${i}`);
    const [variables, registers] = [this.#variables, this.#registers];
    const float: GeneratedType = { kind: 'float', width: 64, shape: [] };
    this.#variables = [
      ...(this.#isFault() ? variables : []),
      ...parameters.map((one) => ({ name: one, type: float, isFixed: true, isGlobal: false })),
    ];
    this.#registers = qubits.map((one) => ({ name: one, size: 0 }));
    if (this.#isFault()) this.#registers.push(...registers);
    this.#isInGate = true;
    const place: Place = { in: 'gate', depth: 1, isInLoop: false, result: null };
    const body = Array.from({ length: rng.below(4) }, () =>
      this.#isFault() ? this.#statement(place) : this.#gateStatement(),
    );
    this.#isInGate = false;
    this.#variables = variables;
    this.#registers = registers;
    this.#gates.push([name, parameters.length, qubits.length]);
    const angles = parameters.length === 0 ? '' : `(${parameters.join(', ')})`;
    return `gate ${name}${angles} ${qubits.join(', ')} { ${body.join(' ')} }`;
  }

  #gateStatement(): string {
    const rng = this.#rng;
    switch (rng.below(8)) {
      case 0:
        return `for int i in [0:${rng.below(3)}] { ${this.#call()} }`;
      case 1:
        return `barrier ${this.#wire()};`;
      default:
        return this.#call();
    }
  }

  #subroutine(): string {
    const rng = this.#rng;
    const name = this.#fresh('f');
    const [variables, registers] = [this.#variables, this.#registers];
    const own: Variable[] = [];
    const wires: Register[] = [];
    const kinds: (GeneratedType | 'qubit' | 'qubits')[] = [];
    const texts = Array.from({ length: rng.below(4) }, (_, i) => {
      const parameter = `a${this.#count++}_${i}`;
      if (once(2, rng)) {
        const size = pick([0, 2], rng);
        kinds.push(size === 0 ? 'qubit' : 'qubits');
        wires.push({ name: parameter, size });
        return size === 0 ? `qubit ${parameter}` : `qubit[2] ${parameter}`;
      }
      const type = once(3, rng) ? arrayType(rng) : scalarType(rng);
      kinds.push(type);
      const access = pick(['readonly', 'mutable'], rng);
      own.push({
        name: parameter,
        type,
        isFixed: type.shape.length > 0 && access === 'readonly',
        isGlobal: false,
      });
      if (type.shape.length === 0) return `${typeText(type)} ${parameter}`;
      const dimensions = once(2, rng) ? type.shape.join(', ') : `#dim = ${type.shape.length}`;
      return `${access} array[${typeText(itemOf(type))}, ${dimensions}] ${parameter}`;
    });
    const result = once(2, rng) ? scalarType(rng) : null;
    const constants = variables.filter((one) => one.isFixed && !one.isGlobal);
    this.#variables = [...(this.#isFault() ? variables : constants), ...own];
    this.#registers = this.#isFault() ? registers : wires;
    const place: Place = { in: 'subroutine', depth: 1, isInLoop: false, result };
    const body = Array.from({ length: rng.below(4) }, () => this.#statement(place));
    if (result !== null && !this.#isFault()) body.push(`return ${this.expression(result, 2)};`);
    this.#variables = variables;
    this.#registers = registers;
    this.#subroutines.push({ name, parameters: kinds, result });
    const gives = result === null ? '' : ` -> ${typeText(result)}`;
    return `def ${name}(${texts.join(', ')})${gives} { ${body.join(' ')} }`;
  }

  /** A qubit. */
  #wire(): string {
    const rng = this.#rng;
    if (once(25, rng) && (!this.#isInGate || this.#isFault())) return `$${rng.below(3)}`;
    if (this.#registers.length === 0) return this.#isFault() ? 'q0' : '$1';
    const { name, size } = pick(this.#registers, rng);
    if (size === 0) return name;
    if (this.#isFault())
      return `${name}[${pick(['9', '-9', '1.5', 'true', '{0, 0}', '0:7'], rng)}]`;
    return `${name}[${pick([String(rng.below(size)), String(-1 - rng.below(size)), this.#index(size)], rng)}]`;
  }

  /** An index that often is in range. */
  #index(size: number): string {
    const rng = this.#rng;
    const names = this.#variables.filter(
      ({ type }) => type.kind === 'int' && type.shape.length === 0,
    );
    if (once(4, rng) && names.length > 0) return pick(names, rng).name;
    return String(rng.below(size));
  }

  /** Several qubits: a register, a slice, a set, joined ones. */
  #wires(): string {
    const rng = this.#rng;
    const long = this.#registers.filter(({ size }) => size > 0);
    if (long.length === 0) return this.#wire();
    const { name, size } = pick(long, rng);
    switch (rng.below(6)) {
      case 0:
        return `${name}[0:${rng.below(size)}]`;
      case 1:
        return `${name}[{0${size > 1 ? ', 1' : ''}}]`;
      case 2:
        return `${name}[${size - 1}:-1:0]`;
      default:
        return name;
    }
  }

  #call(): string {
    const rng = this.#rng;
    const all = once(3, rng) && this.#gates.length > 0 ? this.#gates : standard;
    const [name, parameters, qubits] = pick(all, rng);
    const angle: GeneratedType = { kind: 'float', width: 64, shape: [] };
    const given = Array.from({ length: this.#isFault() ? parameters + 1 : parameters }, () =>
      this.expression(angle, 1),
    );
    let count = qubits;
    let modifiers = '';
    while (once(4, rng)) {
      const modifier = rng.below(4);
      if (modifier === 0) modifiers += 'inv @ ';
      else if (modifier === 1)
        modifiers += `pow(${pick(['2', '-1', '0', '0.5', '1/2', '-0.25', '3'], rng)}) @ `;
      else {
        const controls = once(3, rng) ? 2 : 1;
        modifiers += `${modifier === 2 ? 'ctrl' : 'negctrl'}${controls === 2 ? '(2)' : ''} @ `;
        count += controls;
      }
    }
    const distinct = this.#operands(count);
    if (distinct === null) return this.#call();
    const angles = given.length === 0 ? '' : `(${given.join(', ')})`;
    return `${modifiers}${name}${angles}${distinct.length === 0 ? '' : ' '}${distinct.join(', ')};`;
  }

  /** Different qubits, most of the time; null where there are not so many. */
  #operands(count: number): string[] | null {
    const rng = this.#rng;
    if (this.#isFault()) return Array.from({ length: count }, () => this.#wire());
    if (count === 1 && once(4, rng)) return [this.#wires()];
    const singles = this.#registers.flatMap(({ name, size }) =>
      size === 0 ? [name] : Array.from({ length: size }, (_, i) => `${name}[${i}]`),
    );
    if (!this.#isInGate) singles.push('$0', '$1', '$2', '$3');
    if (singles.length < count) return null;
    return shuffled(singles, rng).slice(0, count);
  }

  #block(place: Place): string {
    const count = this.#rng.below(3);
    const variables = this.#variables;
    const inner: Place = { ...place, depth: place.depth + 1 };
    const body = Array.from({ length: count }, () => this.#statement(inner));
    this.#variables = variables;
    return `{ ${body.join(' ')} }`;
  }

  #statement(place: Place): string {
    const rng = this.#rng;
    if (place.depth < 3 && once(3, rng)) return this.#compound(place);
    switch (rng.below(15)) {
      case 0:
      case 1:
      case 2:
        return this.#call();
      case 3:
        return this.#measure();
      case 4:
        return `reset ${once(2, rng) ? this.#wire() : this.#wires()};`;
      case 5:
        return `barrier ${once(2, rng) ? this.#wires() : this.#wire()};`;
      case 6:
        return `delay[${this.expression({ kind: 'duration', width: 0, shape: [] }, 2)}]${once(4, rng) ? '' : ` ${this.#wire()}`};`;
      case 7:
        return place.depth > 0 && !this.#isFault() ? this.#assignment() : this.#alias();
      case 8:
        return this.#declared(scalarType(rng), place.in === 'program' && place.depth === 0);
      case 9:
        return this.#callSubroutine();
      case 10:
        return this.#jump(place);
      default:
        return this.#assignment();
    }
  }

  #jump({ isInLoop, result, in: where }: Place): string {
    const rng = this.#rng;
    if (isInLoop || this.#isFault()) return pick(['break;', 'continue;'], rng);
    if (where === 'subroutine' || this.#isFault()) {
      return result === null ? 'return;' : `return ${this.expression(result, 1)};`;
    }
    return once(6, rng) ? 'end;' : this.#assignment();
  }

  #alias(): string {
    const rng = this.#rng;
    const name = this.#fresh('l');
    const bits = this.#variables.filter(
      ({ type }) => type.kind === 'bits' && type.shape.length === 0,
    );
    const arrays = this.#variables.filter(({ type }) => type.shape.length > 0);
    const choice = rng.below(4);
    if (choice === 0 && bits.length > 0) {
      const { name: of, type } = pick(bits, rng);
      const size = 1 + rng.below(type.width);
      this.#variables.push({
        name,
        type: { kind: 'bits', width: size, shape: [] },
        isFixed: false,
        isGlobal: true,
      });
      return `let ${name} = ${of}[0:${size - 1}];`;
    }
    if (choice === 1 && bits.length > 0) {
      const [a, b] = [pick(bits, rng), pick(bits, rng)];
      const width = a.type.width + b.type.width;
      this.#variables.push({
        name,
        type: { kind: 'bits', width, shape: [] },
        isFixed: false,
        isGlobal: true,
      });
      return `let ${name} = ${a.name} ++ ${b.name};`;
    }
    if (choice === 2 && arrays.length > 0) {
      const { name: of, type } = pick(arrays, rng);
      this.#variables.push({ name, type, isFixed: false, isGlobal: true });
      return `let ${name} = ${of}[0:${(type.shape[0] ?? 1) - 1}];`;
    }
    if (this.#isFault()) return `let ${name} = ${this.expression(scalarType(rng), 1)};`;
    const value = this.#wires();
    return `let ${name} = ${value}${once(4, rng) ? ` ++ ${this.#wires()}` : ''};`;
  }

  #callSubroutine(): string {
    const rng = this.#rng;
    if (this.#subroutines.length === 0) return this.#call();
    return `${this.#subroutineCall(pick(this.#subroutines, rng))};`;
  }

  #subroutineCall({ name, parameters }: Subroutine): string {
    const given = parameters.map((parameter) => {
      if (parameter === 'qubit') return this.#wire();
      if (parameter === 'qubits') return this.#wires();
      if (parameter.shape.length === 0) return this.expression(parameter, 1);
      const same = this.#variables.filter(({ type }) => isSame(type, parameter));
      return same.length === 0 ? literalText(parameter, this.#rng) : pick(same, this.#rng).name;
    });
    if (this.#isFault()) given.pop();
    return `${name}(${given.join(', ')})`;
  }

  #measure(): string {
    const rng = this.#rng;
    const target = this.#target(({ kind }) => kind === 'bit');
    if (target === null || once(4, rng)) {
      return `measure ${once(2, rng) ? this.#wire() : this.#wires()};`;
    }
    return once(3, rng)
      ? `measure ${this.#wire()} -> ${target};`
      : `${target} = measure ${this.#wire()};`;
  }

  /** Something of a wanted type that can be assigned to. */
  #target(isWanted: (type: GeneratedType) => boolean): string | null {
    const rng = this.#rng;
    const found: string[] = [];
    for (const { name, type, isFixed } of this.#variables) {
      if (isFixed && !this.#isFault()) continue;
      if (isWanted(type)) found.push(name);
      if (type.shape.length > 0 && isWanted(itemOf(type))) found.push(this.#item(name, type));
      const hasBits = ['bits', 'int', 'uint', 'angle'].includes(type.kind);
      if (hasBits && isWanted({ kind: 'bit', width: 0, shape: [] })) {
        const base = type.shape.length === 0 ? name : this.#item(name, type);
        found.push(`${base}[${this.#index(Math.max(type.width, 1))}]`);
      }
    }
    return found.length === 0 ? null : pick(found, rng);
  }

  #item(name: string, { shape }: GeneratedType): string {
    const places = shape.map((size) => this.#index(size));
    return once(2, this.#rng) ? `${name}[${places.join(', ')}]` : `${name}[${places.join('][')}]`;
  }

  #assignment(): string {
    const rng = this.#rng;
    const type = this.#variables.length > 0 ? pick(this.#variables, rng).type : scalarType(rng);
    const wanted = once(4, rng) ? itemOf(type) : type;
    const target = this.#target((one) => isSame(one, wanted));
    if (target === null) return this.#call();
    if (wanted.shape.length > 0) return `${target} = ${this.#initial(wanted) || target};`;
    const operators = [
      '=',
      '=',
      '=',
      '+=',
      '-=',
      '*=',
      '/=',
      '%=',
      '**=',
      '&=',
      '|=',
      '^=',
      '~=',
      '<<=',
      '>>=',
    ];
    const usual = once(3, rng) ? pick(operators, rng) : '=';
    return `${target} ${usual} ${this.expression(wanted, 2)};`;
  }

  #compound(place: Place): string {
    const rng = this.#rng;
    const bool: GeneratedType = { kind: 'bool', width: 0, shape: [] };
    const int: GeneratedType = { kind: 'int', width: 0, shape: [] };
    const inLoop: Place = { ...place, isInLoop: true };
    switch (rng.below(8)) {
      case 0:
        return `if (${this.expression(bool, 2)}) ${this.#block(place)}`;
      case 1:
        return `if (${this.expression(bool, 2)}) ${this.#block(place)} else ${this.#block(place)}`;
      case 2: {
        const bit = this.#target(({ kind }) => kind === 'bit');
        if (bit === null || once(5, rng)) return `while (${this.expression(bool, 1)}) { break; }`;
        return `while (${bit} == 1) { ${bit} = measure ${this.#wire()}; ${this.#statement({ ...inLoop, depth: 3 })} }`;
      }
      case 3:
        return `switch (${this.expression(int, 1)}) { case ${rng.below(3)}, ${3 + rng.below(3)} ${this.#block(place)}${once(2, rng) ? ` default ${this.#block(place)}` : ''} }`;
      case 4:
        return `box${once(2, rng) ? '[1us]' : ''} ${this.#block(place)}`;
      case 5:
        return this.#block(place);
      default:
        return this.#for(inLoop);
    }
  }

  #for(place: Place): string {
    const rng = this.#rng;
    const type = this.#isFault()
      ? scalarType(rng)
      : pick<GeneratedType>(
          [
            { kind: 'int', width: 0, shape: [] },
            { kind: 'uint', width: 8, shape: [] },
            { kind: 'float', width: 0, shape: [] },
          ],
          rng,
        );
    const name = this.#fresh('i');
    const arrays = this.#variables.filter(
      ({ type: one }) => one.shape.length === 1 || one.kind === 'bits',
    );
    const values =
      arrays.length > 0 && once(4, rng)
        ? pick(arrays, rng).name
        : pick(
            [
              `[0:${rng.below(4)}]`,
              `[${rng.below(4)}:-1:0]`,
              `[0:2:${rng.below(6)}]`,
              `{1, ${this.expression(type, 1)}}`,
              once(20, rng)
                ? `[0:${this.expression({ kind: 'int', width: 0, shape: [] }, 1)}]`
                : `[-1:${rng.below(3)}]`,
            ],
            rng,
          );
    const variables = this.#variables;
    this.#variables = [...variables, { name, type, isFixed: true, isGlobal: false }];
    const body = this.#block(place);
    this.#variables = variables;
    return `for ${typeText(type)} ${name} in ${values} ${body}`;
  }

  /** An expression of the type, most of the time. */
  expression(wanted: GeneratedType, depth: number, isConstant = false): string {
    const rng = this.#rng;
    const type = this.#isFault() ? scalarType(rng) : wanted;
    if (depth === 0 || once(4, rng)) return this.#leaf(type, isConstant);
    const inner = (one: GeneratedType): string => this.expression(one, depth - 1, isConstant);
    if (once(5, rng) && type.kind !== 'duration' && type.kind !== 'stretch') {
      return `${typeText(type)}(${inner(this.#castable(type))})`;
    }
    const result = this.#subroutines.filter(
      (one) => one.result !== null && isSame(one.result, type),
    );
    if (result.length > 0 && !isConstant && once(3, rng))
      return this.#subroutineCall(pick(result, rng));
    return this.#operation(type, inner);
  }

  /** A type whose values can become those of the wanted one. */
  #castable(to: GeneratedType): GeneratedType {
    const rng = this.#rng;
    const from = scalarType(rng);
    if (this.#isFault() || isSame(from, to)) return from;
    const isTime = from.kind === 'duration' || from.kind === 'stretch';
    const isNarrowed = from.kind === 'complex' && to.kind !== 'complex' && to.kind !== 'bool';
    const hasNoBits = from.kind === 'float' && (to.kind === 'bit' || to.kind === 'bits');
    return isTime || isNarrowed || hasNoBits ? { kind: 'int', width: 0, shape: [] } : from;
  }

  #leaf(type: GeneratedType, isConstant: boolean): string {
    const rng = this.#rng;
    const found: string[] = [];
    for (const { name, type: one, isFixed, isGlobal } of this.#variables) {
      if (isConstant && (!isFixed || isGlobal)) continue;
      if (isSame(one, type)) found.push(name);
      else if (one.shape.length > 0 && isSame(itemOf(one), type)) found.push(this.#item(name, one));
      else if (type.kind === 'bit' && one.kind === 'bits' && one.shape.length === 0) {
        found.push(`${name}[${this.#index(one.width)}]`);
      }
    }
    return found.length > 0 && !once(3, rng) ? pick(found, rng) : literalText(type, rng);
  }

  #operation(type: GeneratedType, inner: (type: GeneratedType) => string): string {
    const rng = this.#rng;
    const two = (operators: readonly string[]): string =>
      `(${inner(type)} ${pick(operators, rng)} ${inner(type)})`;
    const float: GeneratedType = { kind: 'float', width: 64, shape: [] };
    const int: GeneratedType = { kind: 'int', width: 0, shape: [] };
    switch (type.kind) {
      case 'int':
      case 'uint':
        return pick(
          [
            () => two(['+', '-', '*', '/', '%', '**', '&', '|', '^', '<<', '>>']),
            () => `-${inner(type)}`,
            () => `~${inner(type)}`,
            () => `mod(${inner(type)}, ${inner(type)})`,
            () => `popcount(${inner({ kind: 'bits', width: 4, shape: [] })})`,
            () => this.#sizeOf(),
          ],
          rng,
        )();
      case 'float':
        return pick(
          [
            () => two(['+', '-', '*', '/', '**']),
            () =>
              `${pick(['sin', 'cos', 'tan', 'exp', 'log', 'sqrt', 'arccos', 'floor', 'ceiling'], rng)}(${inner(float)})`,
            () => `-${inner(type)}`,
            () => `real(${inner({ kind: 'complex', width: 64, shape: [] })})`,
            () =>
              `(${inner({ kind: 'duration', width: 0, shape: [] })} / ${inner({ kind: 'duration', width: 0, shape: [] })})`,
            () => `pow(${inner(float)}, ${inner(int)})`,
          ],
          rng,
        )();
      case 'bits':
        return pick(
          [
            () => two(['&', '|', '^']),
            () => `~${inner(type)}`,
            () => `(${inner(type)} ${pick(['<<', '>>'], rng)} ${inner(int)})`,
            () => `${pick(['rotl', 'rotr'], rng)}(${inner(type)}, ${inner(int)})`,
          ],
          rng,
        )();
      case 'bit':
        return pick([() => `~${inner(type)}`, () => two(['&', '|', '^'])], rng)();
      case 'bool': {
        const of = scalarType(rng);
        return pick(
          [
            () => `(${inner(of)} ${pick(['==', '!=', '<', '>', '<=', '>='], rng)} ${inner(of)})`,
            () => two(['&&', '||', '==']),
            () => `!${inner(type)}`,
            () => inner({ kind: 'bit', width: 0, shape: [] }),
          ],
          rng,
        )();
      }
      case 'angle':
        return pick(
          [
            () => two(['+', '-']),
            () => `(${inner(type)} ${pick(['*', '/'], rng)} ${inner(int)})`,
            () => `-${inner(type)}`,
          ],
          rng,
        )();
      case 'complex':
        return pick(
          [
            () => two(['+', '-', '*', '/', '**']),
            () => `${pick(['exp', 'sqrt', 'sin', 'cos', 'log'], rng)}(${inner(type)})`,
            () => `-${inner(type)}`,
          ],
          rng,
        )();
      default:
        return pick(
          [
            () => two(['+', '-']),
            () => `(${inner(type)} ${pick(['*', '/'], rng)} ${inner(pick([int, float], rng))})`,
            () =>
              `durationof({ ${this.#call()} delay[${literalText(type, rng)}] ${this.#wire()}; })`,
          ],
          rng,
        )();
    }
  }

  #sizeOf(): string {
    const arrays = this.#variables.filter(({ type }) => type.shape.length > 0);
    if (arrays.length === 0) return '1';
    const { name, type } = pick(arrays, this.#rng);
    return once(2, this.#rng)
      ? `sizeof(${name})`
      : `sizeof(${name}, ${this.#index(type.shape.length)})`;
  }
}
