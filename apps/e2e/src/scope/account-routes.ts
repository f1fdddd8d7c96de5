import { inScope, may } from './oracle';
import { ghostId, id, query, sending, under, type Route } from './route';

const account = (rest = '') => under('/accounts', 'accountId', rest);
const reason = '核对信息';

export const accountRoutes: Route[] = [
  { route: 'GET /accounts/{accountId}', who: may.accounts, ask: account() },
  {
    route: 'PATCH /accounts/{accountId}',
    who: may.accounts,
    ask: sending(account(), () => ({ status: 'enabled', reason })),
  },
  { route: 'POST /accounts/{accountId}/unlock', who: may.accounts, ask: sending(account('/unlock'), () => ({})) },
  {
    route: 'POST /accounts/{accountId}/activation-slips',
    who: may.accounts,
    endsSessions: true,
    ask: sending(account('/activation-slips'), () => ({})),
  },
  {
    route: 'POST /activation-slips',
    who: may.accounts,
    endsSessions: true,
    ask: sending(
      () => ({ path: '/activation-slips' }),
      (target) => ({ accountIds: [id(target, 'accountId')] }),
    ),
  },
  {
    // a role that does not exist where he would have to grant it
    route: 'POST /accounts/{accountId}/posts',
    who: may.accounts,
    ask: sending(account('/posts'), (_, asker) => ({
      role: asker.organisation.length === 10 ? 'operator' : 'principal',
    })),
  },
  {
    route: 'DELETE /accounts/{accountId}/posts/{postId}',
    who: may.accounts,
    within: ['identity.post_not_found'],
    // the true post where it must not be found, none where it would end
    ask: (target, asker) => {
      const postId = inScope(asker, target) ? ghostId : id(target, 'postId');
      return { path: `/accounts/${id(target, 'accountId')}/posts/${postId}` };
    },
  },
];

/** Accounts outside one's own house but the administrators right below are as if they were not there. */
export const accountListRoutes: Route[] = [
  {
    route: 'GET /accounts',
    variant: 'organisation',
    who: may.accounts,
    list: true,
    ask: query('/accounts', 'organisation', 'code'),
  },
  {
    route: 'GET /account-counts',
    variant: 'organisation',
    who: may.accounts,
    list: true,
    ask: query('/account-counts', 'organisation', 'code'),
  },
];
