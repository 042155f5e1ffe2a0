import { commandsNow, possible, type Command } from './registry';

type Stroke = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

// strokeOf writes a key press the way commands write theirs: "mod+k", "?", "Enter", "shift+Enter".
export function strokeOf(e: Stroke): string {
  const key = e.key.length === 1 ? e.key.toLowerCase() : e.key;
  const shift = e.shiftKey && e.key.length > 1 ? 'shift+' : '';
  return `${e.ctrlKey || e.metaKey ? 'mod+' : ''}${e.altKey ? 'alt+' : ''}${shift}${key}`;
}

// Keys collects strokes into sequences ("g" then "i") and finds the command they mean.
export class Keys {
  private pending = '';
  private at = 0;
  private readonly patience: number;

  constructor(patience = 900) {
    this.patience = patience;
  }

  press(e: Stroke, typing: boolean, now: number): Command | undefined {
    const stroke = strokeOf(e);
    if (typing && !stroke.startsWith('mod+') && !stroke.startsWith('alt+') && stroke !== 'Escape') return undefined;
    const sequence = this.pending && now - this.at < this.patience ? `${this.pending} ${stroke}` : stroke;
    const able = commandsNow().filter((c) => c.keys && possible(c)).reverse(); // the latest registered wins
    const hit = able.find((c) => c.keys === sequence) ?? able.find((c) => c.keys === stroke);
    this.pending = !hit && able.some((c) => c.keys?.startsWith(`${stroke} `)) ? stroke : '';
    this.at = now;
    return hit;
  }
}

export function isTyping(target: EventTarget | null): boolean {
  const el = target as HTMLElement | null;
  return !!el && (el.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(el.tagName));
}

const mac = () => typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

// spell shows keys to a person: "⌘K" or "Ctrl K".
export const spell = (keys: string, onMac = mac()): string[] =>
  keys.split(' ').flatMap((stroke) =>
    stroke.split('+').map((k) => (k === 'mod' ? (onMac ? '⌘' : 'Ctrl') : k === 'shift' ? '⇧' : k === 'alt' ? 'Alt' : k.length === 1 ? k.toUpperCase() : k)),
  );
