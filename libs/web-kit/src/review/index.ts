export * from './case-rows';
export * from './catalogue-words';
export { reviewTexts } from './review-texts';
export * from './use-marks';
