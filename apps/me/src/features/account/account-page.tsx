import { download, useSession, useSessionVerbs, useWords } from '@shidang/web-kit';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { forgetAnswers } from '../../app/device/kept-answers';
import { declarePersonal, isPersonalDevice } from '../../app/device/personal-device';
import { useTextSize } from '../../app/device/text-size';
import { Icon } from '../../app/icon';
import { LanguageChoice } from '../../app/language-choice';
import { LogOut } from '../../app/log-out';
import { Problem } from '../../app/problem';
import { Sheet } from '../../app/sheet';
import { words } from '../../app/words';
import { useOwnRecordId } from '../record/own-record';
import { accountWords } from './account-words';

/** Who one is, and what belongs to the account and not to the record. */
export default function AccountPage() {
  const t = useWords(words);
  const a = useWords(accountWords);
  const { me, post, can } = useSession();
  const { actAs } = useSessionVerbs();
  const [, navigate] = useLocation();
  const teacherId = useOwnRecordId();
  const switching = useMutation({ mutationFn: actAs, onSuccess: () => navigate('/') });
  const others = me.account.posts.filter(({ id }) => id !== post.id);
  return (
    <Sheet title={t('account')} back="/">
      <section className="card">
        <p className="card-title">{me.name ?? me.account.name ?? me.account.loginName}</p>
        <p className="quiet">{`${post.organisationName} · ${t(`role_${post.role}`)}`}</p>
        <p className="quiet">{`${t('loginName')} ${me.account.loginName}`}</p>
      </section>
      {others.length > 0 && (
        <>
          <h2>{t('switchPost')}</h2>
          <ul className="rows">
            {others.map(({ id, organisationName, role }) => (
              <li key={id}>
                <button className="row" disabled={switching.isPending} onClick={() => switching.mutate(id)}>
                  <span>{`${organisationName} · ${t(`role_${role}`)}`}</span>
                  <Icon name="next" />
                </button>
              </li>
            ))}
          </ul>
          <Problem error={switching.error} />
        </>
      )}
      <h2>{t('language')}</h2>
      <LanguageChoice />
      <Switches keeps={post.role === 'teacher' || post.role === 'principal'} />
      <ul className="rows">
        {teacherId &&
          (['history', 'viewers', 'corrections'] as const).map((each) => (
            <li key={each}>
              <Link className="row" href={`/${each}`}>
                <span>{a(each)}</span>
                <Icon name="next" />
              </Link>
            </li>
          ))}
        <li>
          <Link className="row" href="/password">
            <span>{a('password')}</span>
            <Icon name="next" />
          </Link>
        </li>
      </ul>
      {teacherId && can('record.own') && <OwnFile teacherId={teacherId} />}
      <LogOut />
      <p className="quiet">{a('logOutLead')}</p>
    </Sheet>
  );
}

/** The whole record as it stands; what was taken is on record. */
function OwnFile({ teacherId }: { readonly teacherId: string }) {
  const a = useWords(accountWords);
  const taking = useMutation({
    mutationFn: () => download(`/api/v1/teachers/${teacherId}/record.xlsx`, 'record.xlsx'),
  });
  return (
    <div className="card">
      <button className="button button-wide" disabled={taking.isPending} onClick={() => taking.mutate()}>
        {a('ownFile')}
      </button>
      <p className="quiet">{a('ownFileHint')}</p>
      <Problem error={taking.error} />
    </div>
  );
}

/** What belongs to this device: the size of its text, and, where the post's work is kept on it, whether it is one's own. */
function Switches({ keeps }: { readonly keeps: boolean }) {
  const a = useWords(accountWords);
  const [isLarge, chooseLarge] = useTextSize();
  const [isPersonal, setPersonal] = useState(isPersonalDevice);
  const declare = () => {
    declarePersonal(!isPersonal);
    setPersonal(!isPersonal);
    if (isPersonal) void forgetAnswers();
  };
  return (
    <div className="card">
      <label className="tick">
        <input type="checkbox" checked={isLarge} onChange={() => chooseLarge(!isLarge)} />
        {a('large')}
      </label>
      <p className="quiet">{a('largeHint')}</p>
      {keeps && (
        <>
          <label className="tick">
            <input type="checkbox" checked={isPersonal} onChange={declare} />
            {a('personal')}
          </label>
          <p className="quiet">{a('personalHint')}</p>
        </>
      )}
    </div>
  );
}
