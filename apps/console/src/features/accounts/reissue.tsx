import { answer, api, useWords } from '@shidang/web-kit';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Modal } from 'antd';
import { nameOf, type Account } from './account-state';
import { accountsKey } from './accounts-query';
import { IssueProblem } from './issue-problem';
import type { Slip } from './slip-sheet';
import { words } from './words';

interface ReissueProps {
  readonly accounts: readonly Account[];
  readonly cancel: () => void;
  readonly issued: (slips: readonly Slip[]) => void;
}

/** None of them has had a slip that could become void. */
export const haveNoSlips = (accounts: readonly Account[]): boolean =>
  accounts.every(({ state }) => state === 'unissued');

/** Slips for a selection, new ones in place of old. Whoever is using his account loses his password by it: those are named. */
export function Reissue({ accounts, cancel, issued }: ReissueProps) {
  const t = useWords(words);
  const queries = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      answer(api.POST('/api/v1/activation-slips', { body: { accountIds: accounts.map(({ id }) => id) } })),
    onSuccess: ({ slips }) => issued(slips),
    onSettled: () => queries.invalidateQueries({ queryKey: accountsKey }),
  });
  const isFirst = haveNoSlips(accounts);
  const inUse = accounts.filter(({ status }) => status === 'active');
  return (
    <Modal
      open
      title={t(isFirst ? 'issueSlipsTitle' : 'reissueTitle', { count: accounts.length })}
      okText={t(isFirst ? 'issueSlips' : 'reissue')}
      onOk={() => mutate()}
      onCancel={cancel}
      confirmLoading={isPending}
      okButtonProps={{ danger: inUse.length > 0, autoFocus: true }}
    >
      <IssueProblem error={error} leave={cancel} />
      <p>{t(isFirst ? 'issueSlipsWhat' : 'reissueVoids')}</p>
      {inUse.length > 0 && (
        <>
          <p>{t('reissueResets', { count: inUse.length })}</p>
          <ul className="accounts-names">
            {inUse.map((account) => (
              <li key={account.id}>
                {nameOf(account)} · {account.loginName}
              </li>
            ))}
          </ul>
        </>
      )}
    </Modal>
  );
}
