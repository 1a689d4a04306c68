import { parquetWriteBuffer } from 'hyparquet-writer';
import { type DataTable, flatTable } from '#shared/figures/data-table.ts';

type Cell = string | number | null;

/** A table as Parquet: columns of numbers as doubles, of anything else as texts; null stays null. */
export function parquetOf(table: DataTable): Uint8Array {
  const [head = [], ...rows] = flatTable(table);
  const columnData = head.map((name, c) => {
    const data = rows.map((row): Cell => row[c] ?? null);
    const areNumbers = data.every((cell) => cell === null || typeof cell === 'number');
    return {
      name: String(name),
      data: areNumbers ? data : data.map((cell) => (cell === null ? null : String(cell))),
      type: areNumbers ? ('DOUBLE' as const) : ('STRING' as const),
      nullable: true,
    };
  });
  const kvMetadata = [{ key: 'title', value: table.title }];
  return new Uint8Array(parquetWriteBuffer({ columnData, kvMetadata }));
}
