import { Button } from './button.tsx';

interface Props {
  /** What is saved, for those who hear the buttons one by one. */
  readonly what: string;
  readonly formats: readonly { readonly format: string; readonly save: () => void }[];
}

/** One button a format of file. */
export function SaveButtons({ what, formats }: Props) {
  return (
    <div className="row" role="group" aria-label={`Save ${what}`}>
      {formats.map(({ format, save }) => (
        <Button
          key={format}
          tone="quiet"
          aria-label={`Save ${what} as ${format}`}
          title={`Save ${what} as ${format}`}
          onClick={save}
        >
          {format}
        </Button>
      ))}
    </div>
  );
}
