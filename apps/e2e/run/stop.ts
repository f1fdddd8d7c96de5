export { default } from '../../../libs/testing/run/stop';
