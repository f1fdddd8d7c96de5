/** A stylesheet is imported for what it does, not for a value. */
declare module '*.css';
