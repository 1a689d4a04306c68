/** A CSV that was read: cells as text, each row as long as `columns`. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
