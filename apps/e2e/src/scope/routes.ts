export * from './account-routes';
export * from './file-routes';
export * from './organisation-routes';
export * from './route';
export * from './teacher-routes';
export * from './untargeted-routes';
