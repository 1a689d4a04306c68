import { type KeyboardEvent, useState } from 'react';
import {
  type ChosenKeys,
  type Command,
  holderOf,
  keysOf,
  shortcutOf,
  shortcutOfPress,
} from '#renderer/lib/commands.ts';
import { announce } from '#renderer/lib/notices.ts';
import { isMac } from '#renderer/lib/platform.ts';
import { changeSettings, useSettings } from '#renderer/lib/settings.ts';
import { Button } from '#renderer/ui/button.tsx';
import { TextField } from '#renderer/ui/field.tsx';

/** What is being done to one command's key. */
type Editing =
  | { readonly kind: 'recording'; readonly id: string }
  | {
      readonly kind: 'conflict';
      readonly id: string;
      readonly shortcut: string;
      readonly holder: Command;
    };

/** Every command with its key, which can be changed. */
export function Keyboard({ commands }: { commands: readonly Command[] }) {
  const keys = useSettings((state) => state.settings.keys);
  const [words, setWords] = useState('');
  const [editing, setEditing] = useState<Editing | null>(null);
  const wanted = words.trim().toLowerCase();
  const shown = commands.filter(({ title }) => title.toLowerCase().includes(wanted));
  const groups = [...new Set(shown.map(({ group }) => group))];
  return (
    <section className="card stack" aria-labelledby="settings-keyboard">
      <div className="keyboard-head">
        <h2 id="settings-keyboard">Keyboard</h2>
        <Button disabled={Object.keys(keys).length === 0} onClick={() => save({})}>
          Reset all keys
        </Button>
      </div>
      <TextField
        label="Search commands"
        type="search"
        value={words}
        onChange={({ target }) => setWords(target.value)}
      />
      {shown.length === 0 ? <p className="muted">No command has these letters.</p> : null}
      <div className="keyboard-groups">
        {groups.map((group) => (
          <section key={group} aria-label={group}>
            <h3 className="keyboard-group">{group}</h3>
            <ul className="keyboard-list">
              {shown
                .filter((command) => command.group === group)
                .map((command) => (
                  <Row
                    key={command.id}
                    command={command}
                    commands={commands}
                    keys={keys}
                    editing={editing?.id === command.id ? editing : null}
                    onEdit={setEditing}
                  />
                ))}
            </ul>
          </section>
        ))}
      </div>
    </section>
  );
}

interface RowProps {
  readonly command: Command;
  readonly commands: readonly Command[];
  readonly keys: ChosenKeys;
  readonly editing: Editing | null;
  readonly onEdit: (editing: Editing | null) => void;
}

function Row({ command, commands, keys, editing, onEdit }: RowProps) {
  const { id, title } = command;
  const isChanged = keys[id] !== undefined;
  const record = (event: KeyboardEvent): void => {
    if (editing?.kind !== 'recording' || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') return onEdit(null);
    const shortcut = shortcutOfPress(event, isMac);
    if (shortcut === null) return;
    const holder = holderOf(commands, keys, shortcut, id);
    if (holder !== null) return onEdit({ kind: 'conflict', id, shortcut, holder });
    save({ ...keys, [id]: shortcut });
    announce(`${title}: ${capsOf(shortcut)}.`);
    onEdit(null);
  };
  return (
    <li data-command={id}>
      <span className="keyboard-title">{title}</span>
      <Button
        aria-label={`${title}: ${capsOf(shortcutOf(command, keys))}. Change`}
        onClick={() => onEdit({ kind: 'recording', id })}
        onKeyDown={record}
        onBlur={() => editing?.kind === 'recording' && onEdit(null)}
      >
        {editing?.kind === 'recording' ? 'Press a key' : capsOf(shortcutOf(command, keys))}
      </Button>
      <Button
        aria-label={`Reset the key of ${title}`}
        disabled={!isChanged}
        onClick={() => save(without(keys, id))}
      >
        Reset
      </Button>
      {editing?.kind === 'conflict' ? (
        <Conflict editing={editing} keys={keys} onDone={() => onEdit(null)} />
      ) : null}
    </li>
  );
}

interface ConflictProps {
  readonly editing: Extract<Editing, { kind: 'conflict' }>;
  readonly keys: ChosenKeys;
  readonly onDone: () => void;
}

/** Two commands on one key would leave one of them without: the user says which. */
function Conflict({ editing, keys, onDone }: ConflictProps) {
  const { id, shortcut, holder } = editing;
  const take = (): void => {
    save({ ...keys, [holder.id]: '', [id]: shortcut });
    onDone();
  };
  return (
    <div className="keyboard-conflict" role="alert">
      <span>
        {capsOf(shortcut)} is the key of “{holder.title}”.
      </span>
      <Button onClick={onDone}>Leave it</Button>
      <Button onClick={take}>Take it</Button>
    </div>
  );
}

function without(keys: ChosenKeys, id: string): ChosenKeys {
  return Object.fromEntries(Object.entries(keys).filter(([other]) => other !== id));
}

function save(keys: ChosenKeys): void {
  changeSettings({ keys: { ...keys } });
}

function capsOf(shortcut: string | undefined): string {
  return shortcut === undefined ? 'No key' : keysOf(shortcut, isMac).join(' ');
}
