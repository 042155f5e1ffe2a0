import { accountTexts } from './account';
import { approvalTexts } from './approval';
import { conversationTexts } from './conversation';
import { flowTexts } from './flow';
import { frameTexts } from './frame';
import { inboxTexts } from './inbox';
import { insightTexts } from './insight';
import { intentWords } from './intents';
import { journeyTexts } from './journey';
import { knowledgeTexts } from './knowledge';
import { learningTexts } from './learning';
import { peopleTexts } from './people';
import { ticketTexts } from './ticket';
import { words } from './words';

// Every text stands beside its translation, so that neither language can be forgotten.
export const texts = { ...frameTexts, ...inboxTexts, ...conversationTexts, ...peopleTexts, ...ticketTexts, ...approvalTexts, ...knowledgeTexts, ...learningTexts, ...insightTexts, ...journeyTexts, ...flowTexts, ...accountTexts, ...words, ...intentWords } as const;
export type Key = keyof typeof texts;
export type Texts = Record<string, readonly [zh: string, en: string]>;
