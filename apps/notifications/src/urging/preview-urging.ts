import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import {
  previewUrging,
  type BacklogPlace,
  type PreviewUrging,
  type UrgingPlace,
  type UrgingPreview,
} from '@shidang/contracts';
import { Controller } from '@nestjs/common';
import { letterOf } from './urging-letter';
import { placesFor, PlanUrging, unreachableOf, type UrgingPlan } from './urging-plan';

@Controller()
export class PreviewUrgingHandler {
  constructor(private readonly plans: PlanUrging) {}

  @Handles(previewUrging)
  async preview(wish: PreviewUrging, caller: Caller): Promise<UrgingPreview> {
    const plan = await this.plans.of(wish, caller);
    const { recipients, places, deliverAt, now } = plan;
    return {
      recipients: recipients.length,
      backlog: places.reduce((sum, { n }) => sum + n, 0),
      places: places.map(placeView),
      roles: rolesOf(plan),
      unreachable: unreachableOf(plan).map(({ organisation }) => urgedOrganisation(organisation)),
      letter: firstLetter(plan, wish),
      deliverAt: deliverAt.toISOString(),
      held: deliverAt > now,
    };
  }
}

export const urgedOrganisation = ({ code, name, tier }: BacklogPlace['organisation']): UrgingPlace['organisation'] => ({
  code,
  name,
  tier,
});

const placeView = ({ organisation, turn, n }: BacklogPlace): UrgingPlace => ({
  organisation: urgedOrganisation(organisation),
  turn,
  n,
  left: n,
});

function rolesOf({ recipients }: UrgingPlan): UrgingPreview['roles'] {
  const counted = new Map<string, number>();
  for (const { role } of recipients) counted.set(role, (counted.get(role) ?? 0) + 1);
  return [...counted].map(([role, n]) => ({ role, n }));
}

/** Of the place where most waits; of an office rather than of a teacher. */
function firstLetter(plan: UrgingPlan, wish: PreviewUrging): UrgingPreview['letter'] {
  const offices = plan.recipients.filter(({ teacher_id }) => teacher_id === null);
  const first =
    plan.places.flatMap(({ orgPath }) => offices.find(({ org_path }) => org_path === orgPath) ?? [])[0] ??
    plan.recipients[0];
  if (!first) return undefined;
  return letterOf({
    sender: plan.sender.name,
    places: placesFor(plan, first).map(({ organisation, turn, n }) => ({ name: organisation.name, turn, n })),
    words: wish.words,
    dueOn: wish.dueOn,
    replyRequired: wish.replyRequired ?? false,
    toTeacher: first.teacher_id !== null,
  });
}
