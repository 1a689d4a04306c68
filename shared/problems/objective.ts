/** Whether an objective is made small or large. */
export type Objective = 'min' | 'max';
