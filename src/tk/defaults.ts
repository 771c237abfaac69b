/** Every default that more than one widget shares. Answers to tkUnixDefault.h. */
export const NORMAL_BG = '#d9d9d9';
export const ACTIVE_BG = '#ececec';
export const SELECT_BG = '#c3c3c3';
export const TROUGH = '#b3b3b3';
export const DISABLED_FG = '#a3a3a3';
export const BLACK = '#000000';
export const WHITE = '#ffffff';
