export { inventName, inventPeople, inventPerson, type InventedPerson } from './invented/person';
export { Random } from './invented/random';
export { inventRecord, type InventedRecord, type InventedValues } from './invented/record';
export * from './workbooks';
export { owners } from './load/tables';
export { recordStates } from './world/pace';
export { planWorld } from './world/world';
export { demoAccounts, demoPassword, demoSchools, demoTeachers, type DemoAccount } from './demo-accounts';
