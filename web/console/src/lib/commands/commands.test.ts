import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isTyping, Keys, spell, strokeOf } from './keys';
import { rank, score } from './match';
import { commandsNow, find, possible, register, type Command } from './registry';

const key = (k: string, more = {}) => ({ key: k, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });
const command = (id: string, keys?: string, more: Partial<Command> = {}): Command => ({ id, title: 'do.open', keys, run: vi.fn(), ...more });
let ends: (() => void)[] = [];
const offer = (...c: Command[]) => ends.push(register(c));
beforeEach(() => (ends = []));
afterEach(() => ends.reverse().forEach((f) => f()));

describe('registry', () => {
  it('offers and takes back', () => {
    const end = register([command('a')]);
    expect(find('a')).toBeDefined();
    end();
    expect(commandsNow()).toEqual([]);
  });
  it('covers an earlier command and uncovers it again', () => {
    const early = command('a');
    offer(early);
    const end = register([command('a')]);
    expect(find('a')).not.toBe(early);
    end();
    expect(find('a')).toBe(early);
  });
  it('asks whether it is possible', () => expect([possible(command('a')), possible(command('a', 'x', { when: () => false }))]).toEqual([true, false]));
});

describe('keys', () => {
  it('writes strokes', () => {
    expect(strokeOf(key('K', { ctrlKey: true }))).toBe('mod+k');
    expect(strokeOf(key('k', { metaKey: true }))).toBe('mod+k');
    expect(strokeOf(key('?', { shiftKey: true }))).toBe('?');
    expect(strokeOf(key('Enter', { shiftKey: true }))).toBe('shift+Enter');
  });
  it('finds a command by one stroke or two in time', () => {
    offer(command('next', 'j'), command('inbox', 'g i'));
    const keys = new Keys();
    expect(keys.press(key('j'), false, 0)?.id).toBe('next');
    expect(keys.press(key('g'), false, 10)).toBeUndefined();
    expect(keys.press(key('i'), false, 200)?.id).toBe('inbox');
    keys.press(key('g'), false, 1000);
    expect(keys.press(key('i'), false, 5000)).toBeUndefined();
  });
  it('leaves typing alone, but not the palette', () => {
    offer(command('next', 'j'), command('palette', 'mod+k'));
    const keys = new Keys();
    expect(keys.press(key('j'), true, 0)).toBeUndefined();
    expect(keys.press(key('k', { ctrlKey: true }), true, 1)?.id).toBe('palette');
  });
  it('passes over what is not possible now', () => {
    offer(command('old', 'e'), command('new', 'e', { when: () => false }));
    expect(new Keys().press(key('e'), false, 0)?.id).toBe('old');
  });
  it('knows where one types', () => {
    expect([isTyping(document.createElement('textarea')), isTyping(document.createElement('button')), isTyping(null)]).toEqual([true, false, false]);
  });
  it('spells keys for people', () => {
    expect(spell('mod+k', false)).toEqual(['Ctrl', 'K']);
    expect(spell('g i', true)).toEqual(['G', 'I']);
    expect(spell('mod+k', true)).toEqual(['⌘', 'K']);
  });
});

describe('palette ranking', () => {
  it('wants every letter in order', () => expect([score('tkt', 'tickets') > 0, score('xyz', 'tickets')]).toEqual([true, 0]));
  it('puts starts of words first, and keeps the order among equals', () => expect(rank('in', ['Sign out mine', 'Inbox', 'insight'], (x) => x)).toEqual(['Inbox', 'insight', 'Sign out mine']));
  it('finds Chinese', () => expect(rank('工单', ['知识库', '新建工单'], (x) => x)).toEqual(['新建工单']));
  it('gives all for nothing', () => expect(rank('', ['b', 'a'], (x) => x)).toEqual(['b', 'a']));
});
