export * from './background';
export * from './current-trace';
export * from './start-tracing';
export * from './traced';
export * from './traceparent';
