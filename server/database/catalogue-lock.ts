/** Any number, the same in every process: roles and rights are changed by one at a time, within a transaction. */
export const catalogueLock = 7_146_031;
