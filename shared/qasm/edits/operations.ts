import type { Operation } from '../../circuit/circuit.ts';
import { type OperationEdit, type Splice, spliceOf } from '../../circuit/edit.ts';
import type { TextEdit } from '../diagnostic.ts';
import type { ParsedDocument } from '../document.ts';
import { type OperationPrinter, operationPrinter2 } from '../print/operations.ts';
import { operationPrinter3 } from '../print/operations3.ts';
import { Declarations } from './declarations.ts';
import { Layout, type Range } from './layout.ts';
import { replaceOperation } from './replace.ts';
import { refuseIncluded, type Slot, slotIndex, type SourceMap, sourceMapOf } from './source-map.ts';

/** The smallest text edits that insert, remove, replace or move operations. */
export function operationTextEdits(document: ParsedDocument, edit: OperationEdit): TextEdit[] {
  const map = sourceMapOf(document);
  return new OperationEdits(
    map,
    new Layout(document.text),
    spliceOf(map.circuit, edit),
    document.language,
  ).make();
}

class OperationEdits {
  readonly #map: SourceMap;
  readonly #layout: Layout;
  readonly #splice: Splice;
  readonly #printer: OperationPrinter;
  readonly #declarations: Declarations;
  readonly #edits: TextEdit[] = [];
  readonly #removed: Range[] = [];
  /** Positions whose insertion became part of a rewritten statement. */
  readonly #absorbed = new Set<number>();

  constructor(map: SourceMap, layout: Layout, splice: Splice, language: 2 | 3) {
    this.#map = map;
    this.#layout = layout;
    this.#splice = splice;
    this.#printer =
      language === 3
        ? operationPrinter3(map.circuit, layout.separator, map.isScalar)
        : operationPrinter2(map.circuit, layout.separator);
    this.#declarations = new Declarations(map, layout, this.#printer, language);
  }

  make(): TextEdit[] {
    for (const slot of this.#touchedSlots()) this.#editSlot(slot);
    for (const [position, operations] of this.#splice.inserted) {
      if (operations.length > 0 && !this.#absorbed.has(position)) {
        this.#insert(position, operations);
      }
    }
    const declarations = this.#declarations.finish();
    const removals = this.#layout.removals([...this.#removed, ...declarations.removed]);
    return [...declarations.edits, ...this.#edits, ...removals];
  }

  #touchedSlots(): Slot[] {
    const { slots } = this.#map;
    const touched = new Set<Slot>();
    for (const index of this.#splice.removed) touched.add(this.#map.slotOf(index));
    for (const index of this.#splice.replaced.keys()) touched.add(this.#map.slotOf(index));
    for (const position of this.#splice.inserted.keys()) {
      const slot = slots[slotIndex(slots, position)];
      const isInside =
        slot !== undefined && slot.first < position && position < slot.first + slot.count;
      if (isInside) touched.add(slot);
    }
    return [...touched];
  }

  #editSlot(slot: Slot): void {
    refuseIncluded(slot.syntax);
    const { operations } = this.#map.circuit;
    const replacement = this.#splice.replaced.get(slot.first);
    if (slot.count === 1 && replacement !== undefined) {
      this.#need([replacement], slot.statement);
      const before = operations[slot.first] as Operation;
      const context = {
        printer: this.#printer,
        separator: this.#layout.separator,
        base: slot.base,
      };
      this.#edits.push(...replaceOperation(slot.syntax, before, replacement, context));
      return;
    }
    const result = this.#resultOf(slot);
    if (result.length === 0) {
      this.#removed.push({ start: slot.start, end: slot.end });
      return;
    }
    this.#need(result, slot.statement);
    const text = result
      .map((operation) => this.#printer.print(operation))
      .join(this.#layout.separatorAt(slot));
    this.#edits.push({ start: slot.start, end: slot.end, text });
  }

  /** What a statement's operations become; one that goes altogether takes in what comes to its borders. */
  #resultOf(slot: Slot): Operation[] {
    const { removed, replaced } = this.#splice;
    const end = slot.first + slot.count;
    const result: Operation[] = [];
    let left = 0;
    for (let i = slot.first; i < end; i++) {
      if (i > slot.first) result.push(...this.#absorb(i));
      if (removed.has(i)) continue;
      result.push(replaced.get(i) ?? (this.#map.circuit.operations[i] as Operation));
      left++;
    }
    return left > 0 ? result : [...this.#absorb(slot.first), ...result, ...this.#absorb(end)];
  }

  /** What is inserted at a position, the first time that it is asked for. */
  #absorb(position: number): readonly Operation[] {
    if (this.#absorbed.has(position)) return [];
    this.#absorbed.add(position);
    return this.#splice.inserted.get(position) ?? [];
  }

  #insert(position: number, operations: readonly Operation[]): void {
    const { slots } = this.#map;
    const printed = operations.map((operation) => this.#printer.print(operation));
    const before = position === 0 ? null : this.#map.slotOf(position - 1);
    const after =
      position < this.#map.circuit.operations.length ? this.#map.slotOf(position) : null;
    const needed = this.#declarations.latestFor(operations);
    const floor = before?.statement ?? -1;
    if (after !== null && (before === null || needed >= after.statement)) {
      this.#need(operations, after.statement);
      this.#edits.push(this.#layout.insertBefore(after, printed));
      return;
    }
    this.#need(operations, Infinity);
    const last = this.#map.statementCount - 2;
    const statement = slots.length === 0 ? last : Math.max(floor, needed);
    this.#edits.push(
      statement < 0
        ? this.#layout.insertAtEnd(printed)
        : this.#layout.insertAfter(this.#map.range(statement), printed),
    );
  }

  /** Makes sure that what the operations use is declared before `statement`. */
  #need(operations: readonly Operation[], statement: number): void {
    this.#declarations.require(operations, statement);
  }
}
