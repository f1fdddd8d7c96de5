// class-transformer reads the types decorators leave; whoever imports a contract has the registry
import 'reflect-metadata';
export * from './contract';
export * from './durables';
export * from './fact';
export * from './finding';
export * from './job';
export * from './page';
export * from './refusal';
export * from './identity';
export * from './records';
export * from './review';
export * from './reporting';
export * from './notifications';
export * from './audit-chain';
export * from './job-readers';
export * from './audit-trail';
export * from './registry';
