/** Something that a user can do: the palette, the keys, the menus and the shortcut sheet read this. */
export interface Command {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  /** E.g. "Mod+Shift+P", "?" or "Delete"; Mod is Ctrl, or Cmd on a Mac. */
  readonly shortcut?: string;
  /** Left out = always. */
  readonly when?: () => boolean;
  /** Whether the key also works while text is being typed. */
  readonly whileTyping?: boolean;
  readonly run: () => void;
}

/** What a key event tells of itself; a subset of KeyboardEvent, so that it can be made in a test. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** Whether the press is the shortcut. Shift is not asked for where it only makes the sign ("?"). */
export function matchesShortcut(shortcut: string, press: KeyPress, isMac: boolean): boolean {
  const parts = shortcut.split('+');
  const key = parts.at(-1) === '' ? '+' : (parts.at(-1) as string);
  const wants = (name: string): boolean => parts.slice(0, -1).includes(name);
  const mod = isMac ? press.metaKey : press.ctrlKey;
  const otherMod = isMac ? press.ctrlKey : press.metaKey;
  if (wants('Mod') !== mod || otherMod || wants('Alt') !== press.altKey) return false;
  const isSign = key.length === 1 && !/[a-z0-9]/i.test(key);
  if (!isSign && wants('Shift') !== press.shiftKey) return false;
  return press.key.toLowerCase() === key.toLowerCase();
}

/** Keys that the user chose, by command id; an empty text means none. */
export type ChosenKeys = Readonly<Record<string, string>>;

/** The key that a command has now; undefined = none. */
export function shortcutOf(command: Command, keys: ChosenKeys): string | undefined {
  const shortcut = keys[command.id] ?? command.shortcut;
  return shortcut === '' ? undefined : shortcut;
}

/** The pressed key in the form of a shortcut; null for a modifier alone or a key without a name. */
export function shortcutOfPress(press: KeyPress, isMac: boolean): string | null {
  const { key } = press;
  if (/^(Control|Shift|Alt|AltGraph|Meta|CapsLock|Dead|Process|Unidentified)$/.test(key))
    return null;
  if (isMac ? press.ctrlKey : press.metaKey) return null;
  const isSign = key.length === 1 && !/[a-z0-9]/i.test(key);
  return [
    (isMac ? press.metaKey : press.ctrlKey) ? ['Mod'] : [],
    press.shiftKey && !isSign ? ['Shift'] : [],
    press.altKey ? ['Alt'] : [],
    key.length === 1 ? key.toUpperCase() : key,
  ]
    .flat()
    .join('+');
}

/** The other command that has the key; null = it is free. */
export function holderOf(
  commands: readonly Command[],
  keys: ChosenKeys,
  shortcut: string,
  id: string,
): Command | null {
  const inOrder = (text: string | undefined): string => {
    const parts = (text ?? '').toLowerCase().split('+');
    return parts.toSorted().join('+');
  };
  const wanted = inOrder(shortcut);
  const holds = (one: Command): boolean =>
    one.id !== id && inOrder(shortcutOf(one, keys)) === wanted;
  return commands.find(holds) ?? null;
}

/** The shortcut as keys on a cap: "Ctrl Shift P" or "⌘ ⇧ P". */
export function keysOf(shortcut: string, isMac: boolean): readonly string[] {
  const parts = shortcut === '+' ? ['+'] : shortcut.split('+');
  const names: Record<string, string> = {
    ArrowLeft: '←',
    ArrowRight: '→',
    ArrowUp: '↑',
    ArrowDown: '↓',
    ' ': 'Space',
    ...(isMac
      ? { Mod: '⌘', Shift: '⇧', Alt: '⌥', Delete: '⌦', Backspace: '⌫' }
      : { Mod: 'Ctrl', Delete: 'Del', Escape: 'Esc' }),
  };
  return parts.map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part));
}

/** The first command that the press means and that applies now; null = none. */
export function commandFor(
  commands: readonly Command[],
  press: KeyPress,
  context: {
    readonly isMac: boolean;
    readonly isTyping: boolean;
    /** Left out = each command has the key that it came with. */
    readonly keys?: ChosenKeys;
  },
): Command | null {
  for (const command of commands) {
    const shortcut = shortcutOf(command, context.keys ?? {});
    if (shortcut === undefined) continue;
    if (context.isTyping && !worksWhileTyping(command, shortcut)) continue;
    if (!matchesShortcut(shortcut, press, context.isMac)) continue;
    if (command.when === undefined || command.when()) return command;
  }
  return null;
}

// A bare letter that a user chose would otherwise never reach the text.
function worksWhileTyping(command: Command, shortcut: string): boolean {
  return command.whileTyping === true && /(^|\+)((Mod|Alt)\+|F\d+$)/.test(shortcut);
}
