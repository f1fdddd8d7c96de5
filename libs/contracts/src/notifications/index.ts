export * from './list-notices';
export * from './notice-kinds';
export * from './read-notice';
export * from './refusals';
export * from './urging';
