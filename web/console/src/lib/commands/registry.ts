import type { Key } from '../i18n';

// A command is anything a person can do, as a record: it feeds buttons, shortcuts and the palette alike.
export type Command = {
  id: string;
  title: Key;
  group?: Key;
  keys?: string; // "j", "g i" (one after the other), "mod+k"
  when?: () => boolean;
  run: () => void;
  hidden?: boolean; // too small for the palette (next row, previous row)
};

const all = new Map<string, Command>();
const listeners = new Set<() => void>();
let snapshot: Command[] = [];

function publish(): void {
  snapshot = [...all.values()];
  for (const f of listeners) f();
}

// register adds commands until the returned function is called. A later command with the same id covers the earlier one.
export function register(commands: readonly Command[]): () => void {
  const before = commands.map((c) => all.get(c.id));
  for (const c of commands) all.set(c.id, c);
  publish();
  return () => {
    commands.forEach((c, i) => {
      if (all.get(c.id) !== c) return;
      const old = before[i];
      if (old) all.set(c.id, old);
      else all.delete(c.id);
    });
    publish();
  };
}

export const possible = (c: Command) => c.when?.() ?? true;
export const find = (id: string) => all.get(id);
export const commandsNow = () => snapshot;
export const onCommands = (f: () => void) => {
  listeners.add(f);
  return () => void listeners.delete(f);
};
