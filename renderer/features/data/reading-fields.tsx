import type { DataPreview, Understood } from '#shared/data/data-set.ts';
import { type Encoding, encodingTitles, isEncoding } from '#shared/data/decode-text.ts';
import { SelectField } from '#renderer/ui/field.tsx';
import { type Corrections, encodingOptions } from './data-file.ts';

interface Props {
  readonly preview: DataPreview;
  readonly encoding: Encoding;
  readonly corrections: Corrections;
  readonly onChange: (corrections: Corrections) => void;
}

const separatorTitles = { ',': 'Comma', ';': 'Semicolon', '\t': 'Tab', '|': 'Bar' } as const;
const decimalTitles = { point: 'Point (1.5)', comma: 'Comma (1,5)' } as const;
/** Select fields have no null; no column is called so. */
const foundOut = '\u0000';

/** How the file was understood, each part with a way to say otherwise. */
export function ReadingFields({ preview, encoding, corrections, onChange }: Props) {
  const { understood } = preview;
  const set = (change: Partial<Corrections>): void => onChange({ ...corrections, ...change });
  const dateColumns = preview.columns.map(({ name }) => name);
  return (
    <div className="reading-fields">
      <SelectField
        label="Separator"
        options={[
          { value: foundOut, title: `Found: ${separatorTitle(understood.separator)}` },
          ...optionsOf(separatorTitles),
        ]}
        value={corrections.separator ?? foundOut}
        onChange={({ target: { value } }) =>
          set({ separator: isKey(separatorTitles, value) ? value : null, dateColumn: null })
        }
      />
      <SelectField
        label="Decimal sign"
        options={[
          { value: foundOut, title: `Found: ${decimalTitle(understood.decimal)}` },
          ...optionsOf(decimalTitles),
        ]}
        value={corrections.decimal ?? foundOut}
        onChange={({ target: { value } }) =>
          set({ decimal: isKey(decimalTitles, value) ? value : null })
        }
      />
      <SelectField
        label="Encoding"
        options={[
          { value: foundOut, title: `Found: ${encodingTitles[encoding]}` },
          ...encodingOptions,
        ]}
        value={corrections.encoding ?? foundOut}
        onChange={({ target: { value } }) => set({ encoding: isEncoding(value) ? value : null })}
      />
      <SelectField
        label="Date column"
        options={[
          { value: foundOut, title: `Found: ${understood.dateColumn ?? 'none'}` },
          { value: '', title: 'None' },
          ...dateColumns.map((value) => ({ value, title: value })),
        ]}
        value={corrections.dateColumn ?? foundOut}
        onChange={({ target: { value } }) => set({ dateColumn: value === foundOut ? null : value })}
      />
      <SelectField
        label="Dates such as 1/2/2024"
        options={[
          { value: foundOut, title: 'Found by the rest' },
          { value: 'day', title: 'The day is first' },
          { value: 'month', title: 'The month is first' },
        ]}
        value={corrections.dayFirst === null ? foundOut : corrections.dayFirst ? 'day' : 'month'}
        onChange={({ target: { value } }) =>
          set({ dayFirst: value === foundOut ? null : value === 'day' })
        }
      />
    </div>
  );
}

/** Sentences on what no field shows. */
export function understoodSentences({ understood }: DataPreview): readonly string[] {
  const { hasHeader, dateColumn, dateFormat, order, hasRepeatedDates, isWhole } = understood;
  const orders = {
    ascending: 'the oldest row first',
    descending: 'the newest row first',
    none: 'not in order of time',
  };
  return [
    hasHeader ? 'The first row names the columns.' : 'No row names the columns.',
    dateColumn === null || order === null
      ? 'No column holds dates.'
      : `“${dateColumn}” holds dates (${dateFormat}), ${orders[order]}.`,
    ...(hasRepeatedDates ? ['Some dates occur more than once.'] : []),
    ...(isWhole ? [] : ['The file is long: only its beginning was looked at for this preview.']),
  ];
}

function optionsOf(titles: Readonly<Record<string, string>>) {
  return Object.entries(titles).map(([value, title]) => ({ value, title }));
}

function isKey<K extends string>(titles: Readonly<Record<K, string>>, value: string): value is K {
  return Object.hasOwn(titles, value);
}

function separatorTitle(separator: string): string {
  return isKey(separatorTitles, separator) ? separatorTitles[separator] : separator;
}

function decimalTitle(decimal: Understood['decimal']): string {
  if (decimal === null) return 'no fractions';
  return decimal === 'mixed' ? 'both, by column' : decimalTitles[decimal];
}
