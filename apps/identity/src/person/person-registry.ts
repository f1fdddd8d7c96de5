import { checkDocument, normaliseDocument, normaliseDocumentNumber, codesOf } from '@shidang/catalogue';
import { identityRefusals, type ClaimOutcome, type ClaimPerson, type IdentityDocument } from '@shidang/contracts';
import { newId, Vault, Work, type Sql } from '@shidang/persistence';
import { Injectable } from '@nestjs/common';
import { IdentityConfig } from '../identity.config';
import { normaliseName } from './person-name';

export interface Person {
  id: string;
  name: string;
}

/** The person a teacher's registration claimed. */
export interface ClaimedPerson extends Person {
  teacherId: string;
}

interface PersonRow extends Person {
  blind: string;
  taken: boolean;
}

/** A human nobody can get past: one row per document in the whole country, found by blind index (D2). */
@Injectable()
export class PersonRegistry {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly config: IdentityConfig,
  ) {}

  /** Claims in the order asked. One statement decides all: of many who ask at once exactly one gets the row. */
  claim(claims: readonly ClaimPerson[]): Promise<ClaimOutcome[]> {
    const wanted = claims.map((claim) => ({
      ...claim,
      ...this.known(claim.document),
      name: normaliseName(claim.name),
    }));
    const first = new Map(wanted.map((each) => [each.blind, each] as const).reverse());
    return this.work.beyond('person-claim', async (_, sql) => {
      // rows are always taken in the same order, so that two lists cannot wait for each other
      const rows = [...first.values()].sort((a, b) => (a.blind < b.blind ? -1 : 1));
      await this.giveUpOtherDocuments(sql, rows);
      const won = await this.take(sql, rows);
      const lost = await this.standing(
        sql,
        rows.filter((row) => !won.has(row.blind)).map((row) => row.blind),
      );
      return wanted.map(({ teacherId, blind, name }) => {
        const personId = first.get(blind)?.teacherId === teacherId ? won.get(blind) : undefined;
        if (personId) return { teacherId, outcome: 'claimed', personId };
        const there = lost.get(blind);
        return { teacherId, outcome: there && !there.taken && there.name !== name ? 'name-differs' : 'on-file' };
      });
    });
  }

  /**
   * The registrations are committed: their claims do not lapse any more. Answers those whose claim was still there. Asked by records
   * and by the registration's fact; whoever comes second writes nothing.
   */
  confirm(teacherIds: readonly string[]): Promise<ClaimedPerson[]> {
    return this.work.beyond('person-claim', async (_, sql) => {
      const [, persons] = await sql.together<[never, ClaimedPerson]>(
        {
          name: 'person-confirm',
          text: `update person p set confirmed_at = now()
            from (select id from person where teacher_id = any($1::uuid[]) and confirmed_at is null order by id for update) mine where p.id = mine.id`,
          params: [teacherIds],
        },
        // a statement of its own: it sees what the one before has waited for
        {
          name: 'person-confirmed',
          text: `select id, name, teacher_id as "teacherId" from person where teacher_id = any($1::uuid[]) and confirmed_at is not null`,
          params: [teacherIds],
        },
      );
      return persons;
    });
  }

  async release(teacherId: string): Promise<void> {
    await this.work.beyond('person-claim', (_, sql) =>
      sql(`update person set teacher_id = null, claimed_at = null where teacher_id = $1 and confirmed_at is null`, [
        teacherId,
      ]),
    );
  }

  /**
   * Who activates says who he is; the second account of one human meets the first here. In the activation's own
   * transaction, its code locked: what is bound and what is redeemed commit together, one human per slip.
   */
  async identify(sql: Sql, name: string, document: IdentityDocument): Promise<Person> {
    const { blind, type, number } = this.known(document);
    const clean = normaliseName(name);
    const id = newId();
    await sql(
      `insert into person (id, blind, document_type, document, name, bound_at) values ($1, $2, $3, $4, $5, now()) on conflict (blind) do nothing`,
      [id, blind, type, this.seal(id, number), clean],
    );
    const [row] = await sql<Person>(
      `update person set bound_at = coalesce(bound_at, now()) where blind = $1 and name = $2 returning id, name`,
      [blind, clean],
    );
    if (!row) throw identityRefusals.personNotVerified({});
    return row;
  }

  /** By number alone, as typed at log-in, whatever the type of document. */
  async findByNumber(typed: string): Promise<string | undefined> {
    const number = normaliseDocumentNumber(typed);
    const blinds = [...codesOf('idDocType').keys()].map((type) => this.blind(normaliseDocument({ type, number })));
    const rows = await this.work.beyond('sign-in', (_, sql) =>
      sql<{ id: string }>(`select id from person where blind = any($1)`, [blinds], 'person-by-number'),
    );
    return rows.length === 1 ? rows[0]?.id : undefined;
  }

  /** What a password must not be made of. */
  async numberOf(personId: string): Promise<string | undefined> {
    const [row] = await this.work.beyond('sign-in', (_, sql) =>
      sql<{ document: string }>(`select document from person where id = $1`, [personId]),
    );
    return row && this.vault.open(row.document, placeOf(personId));
  }

  private async take(sql: Sql, rows: readonly (ClaimPerson & Known)[]): Promise<Map<string, string>> {
    const ids = rows.map(() => newId());
    const won = await sql<{ id: string; blind: string }>(
      `with held as materialized (select teacher_id, blind from person where teacher_id = any($6::uuid[]))
       insert into person as p (id, blind, document_type, document, name, teacher_id, claimed_at)
       select w.id, w.blind, w.type, w.document, w.name, w.teacher, now()
       from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::uuid[]) as w (id, blind, type, document, name, teacher)
       where not exists (select from held h where h.teacher_id = w.teacher and h.blind <> w.blind)
       on conflict (blind) do update set teacher_id = excluded.teacher_id, claimed_at = now(), name = excluded.name,
         confirmed_at = case when p.teacher_id = excluded.teacher_id then p.confirmed_at end
       where (p.teacher_id is null or p.teacher_id = excluded.teacher_id or ${this.lapsed('p')})
         and (p.name = excluded.name or (p.bound_at is null and p.confirmed_at is null))
       returning p.id, p.blind`,
      [
        ids,
        rows.map((row) => row.blind),
        rows.map((row) => row.type),
        rows.map((row, at) => this.seal(ids[at] ?? '', row.number)),
        rows.map((row) => row.name),
        rows.map((row) => row.teacherId),
      ],
      'person-take',
    );
    return new Map(won.map((row) => [row.blind, row.id]));
  }

  /** A school that mends a number before the registration has not claimed two people. */
  private async giveUpOtherDocuments(sql: Sql, rows: readonly (ClaimPerson & Known)[]): Promise<void> {
    await sql(
      `update person p set teacher_id = null, claimed_at = null
       from unnest($1::uuid[], $2::text[]) as w (teacher, blind)
       where p.teacher_id = any($1::uuid[]) and p.teacher_id = w.teacher and p.blind <> w.blind and p.confirmed_at is null`,
      [rows.map((row) => row.teacherId), rows.map((row) => row.blind)],
      'person-give-up',
    );
  }

  private async standing(sql: Sql, blinds: readonly string[]): Promise<Map<string, PersonRow>> {
    if (blinds.length === 0) return new Map();
    const rows = await sql<PersonRow>(
      `select id, blind, name, teacher_id is not null and not ${this.lapsed('person')} as taken from person where blind = any($1)`,
      [blinds],
      'person-standing',
    );
    return new Map(rows.map((row) => [row.blind, row]));
  }

  private lapsed(table: string): string {
    return `(${table}.confirmed_at is null and ${table}.claimed_at < now() - interval '${this.config.CLAIM_SECONDS} seconds')`;
  }

  private known(document: IdentityDocument): Known {
    const [wrong] = checkDocument(document);
    if (wrong) throw identityRefusals.documentInvalid({ reason: wrong.words.zh, reasonEn: wrong.words.en });
    const { type, number } = normaliseDocument(document);
    return { type, number, blind: this.blind({ type, number }) };
  }

  private blind(document: IdentityDocument): string {
    return this.vault.blind(`${document.type}:${document.number}`);
  }

  private seal(personId: string, number: string): string {
    return this.vault.seal(number, placeOf(personId));
  }
}

interface Known {
  type: string;
  number: string;
  blind: string;
}

const placeOf = (personId: string) => ({ table: 'person', column: 'document', row: personId });
