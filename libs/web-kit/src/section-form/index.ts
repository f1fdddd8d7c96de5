export * from './complaints';
export * from './form-fields';
export * from './draft-shelves';
export * from './kept-draft';
export * from './section-draft';
export * from './code-text';
export { formWords } from './form-words';
