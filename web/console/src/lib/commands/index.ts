import { useEffect, useRef, useSyncExternalStore } from 'react';
import { isTyping, Keys } from './keys';
import { commandsNow, onCommands, register, type Command } from './registry';

export { isTyping, spell } from './keys';
export { find, possible, register, type Command } from './registry';

export const useCommandList = () => useSyncExternalStore(onCommands, commandsNow);

// useCommands offers commands while the calling part is on the page. The newest closures run, without registering anew
// at every render.
export function useCommands(commands: readonly Command[]): void {
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  const shape = commands.map((c) => `${c.id}|${c.title}|${c.keys ?? ''}`).join();
  useEffect(() => {
    const stand = latest.current.map((c, i) => ({
      ...c,
      when: () => latest.current[i]?.when?.() ?? true,
      run: () => latest.current[i]?.run(),
    }));
    return register(stand);
  }, [shape]);
}

// useShortcuts listens to the keyboard for the whole console; called once, by the frame.
export function useShortcuts(): void {
  useEffect(() => {
    const keys = new Keys();
    const press = (e: KeyboardEvent) => {
      if (e.isComposing || e.defaultPrevented || ['Control', 'Shift', 'Alt', 'Meta'].includes(e.key)) return;
      const command = keys.press(e, isTyping(e.target), Date.now());
      if (!command) return;
      e.preventDefault();
      command.run();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}
