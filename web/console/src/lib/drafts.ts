import { Store, useStore } from './store';

// What was begun to be written, kept per conversation or ticket until it is sent.
export type Draft = { text: string; note?: boolean };

export const drafts = new Store<Record<string, Draft>>('xiaoer.drafts', {});
const none: Draft = { text: '' };

export const useDraft = (id: string): Draft => useStore(drafts)[id] ?? none;

export function keepDraft(id: string, draft: Draft): void {
  drafts.set((all) => {
    const rest = { ...all };
    delete rest[id];
    return draft.text || draft.note ? { ...rest, [id]: draft } : rest;
  });
}
