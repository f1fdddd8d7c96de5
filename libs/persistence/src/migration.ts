/** `@shidang/persistence/migration`: what migrations extend. Apart, because a running service does without the package it comes from. */
export { Migration } from '@mikro-orm/migrations';
