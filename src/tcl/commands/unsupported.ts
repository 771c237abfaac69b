export const unsupportedRows: readonly import('../command.ts').CommandRow[] = [];
