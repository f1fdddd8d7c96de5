import { controllers } from '../../apps/gateway/src/gateway.module';
import { statusOf } from '../../apps/gateway/src/problem/status';
import { prefix } from '../../apps/gateway/src/serve/answer';
import { describeRoutes, type Route } from '../../apps/gateway/src/serve/routes';

export { statusOf, type Route };

/** Every route of the one door, read from its classes without starting it. */
export const gatewayRoutes = () => ({ prefix, routes: describeRoutes(controllers) });
