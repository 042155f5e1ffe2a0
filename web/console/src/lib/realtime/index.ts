export { openLink, useLink } from './link';
export type { LinkState } from './stream';
