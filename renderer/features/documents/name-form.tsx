import { useState } from 'react';

interface Props {
  readonly label: string;
  readonly initial: string;
  /** Null where it was given up or nothing changed. */
  readonly onDone: (name: string | null) => void;
}

/** One line for a name: Enter takes it, Escape gives it up. */
export function NameForm({ label, initial, onDone }: Props) {
  const [name, setName] = useState(initial);
  const take = (): void => {
    const next = name.trim();
    onDone(next === '' || next === initial ? null : next);
  };
  return (
    <input
      className="field-input name-form"
      aria-label={label}
      // The field takes the place of what was pressed.
      // oxlint-disable-next-line jsx-a11y/no-autofocus
      autoFocus
      maxLength={120}
      value={name}
      onChange={(event) => setName(event.target.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take();
        else if (event.key === 'Escape') onDone(null);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  );
}
