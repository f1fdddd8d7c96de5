import type { components } from '@shidang/client';
import { answer, api, ToneTag, useSession, useWords, type Tone } from '@shidang/web-kit';
import { useQuery } from '@tanstack/react-query';
import { Button, Card, Descriptions } from 'antd';
import { useState } from 'react';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { CampaignForm } from './campaign-form';
import { words } from './words';

export type Campaign = components['schemas']['CampaignView'];

const tones: Readonly<Record<Campaign['phase'], Tone>> = {
  none: 'neutral',
  before: 'neutral',
  running: 'progress',
  late: 'returned',
  closed: 'problem',
};

export const campaignOf = (organisation: string) => ({
  queryKey: ['campaign', organisation],
  queryFn: () => answer(api.GET('/api/v1/campaigns', { params: { query: { organisation } } })),
});

/** The dates that bind this organisation, and who set them. */
export function CampaignCard() {
  const t = useWords(words);
  const { post, can } = useSession();
  const [editing, setEditing] = useState(false);
  const { data, error, refetch } = useQuery(campaignOf(post.organisation));
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (!data) return <Loading rows={2} />;
  const day = (value: string | undefined) => value ?? '—';
  return (
    <Card
      size="small"
      title={t('campaign')}
      style={{ marginBottom: 16 }}
      extra={
        can('campaign.manage') &&
        !editing && <Button onClick={() => setEditing(true)}>{t(data.setBy ? 'change' : 'plan')}</Button>
      }
    >
      <Descriptions size="small" column={5}>
        <Descriptions.Item label={t('state')}>
          <ToneTag tone={tones[data.phase]}>{t(`phase_${data.phase}`)}</ToneTag>
        </Descriptions.Item>
        <Descriptions.Item label={t('startsOn')}>{day(data.startsOn)}</Descriptions.Item>
        <Descriptions.Item label={t('dueOn')}>{day(data.dueOn)}</Descriptions.Item>
        <Descriptions.Item label={t('closesOn')}>{day(data.closesOn)}</Descriptions.Item>
        <Descriptions.Item>
          {data.setBy && (data.setBy === post.organisation ? t('setByOwn') : t('setBy', { name: data.setBy }))}
        </Descriptions.Item>
      </Descriptions>
      {editing && <CampaignForm close={() => setEditing(false)} />}
    </Card>
  );
}
