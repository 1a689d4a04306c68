/** What a mark says beside its words. */
export type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'accent';
