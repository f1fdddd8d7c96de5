export * from './caller';
export * from './issuing';
export * from './org-path';
export * from './permission';
export * from './permission-table';
export * from './role';
export * from './section-policy';
export * from './tier';
