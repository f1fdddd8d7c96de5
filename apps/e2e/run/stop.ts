export { stop as default } from '@shidang/testing/run';
