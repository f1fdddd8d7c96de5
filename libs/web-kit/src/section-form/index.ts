export * from './complaints';
export * from './form-fields';
export * from './kept-draft';
export * from './section-draft';
