export { activationWords } from './activation-words';
export { takeCode, useActivation, useSlipCode, type Activation, type PersonSaid } from './use-activation';
