import { Entity, PrimaryKey, Property } from '@mikro-orm/core';
import { childPath, codeOfPath, rootCode, rootPath, tierOfPath, type Tier } from '@shidang/access';
import { categoryOfSchool, codesOf } from '@shidang/catalogue';
import { identityRefusals, type SchoolCategory } from '@shidang/contracts';
import { newId, Scoped } from '@shidang/persistence';

/** What somebody who founds an organisation says about it. */
export interface Founding {
  code: string;
  name: string;
  runningType?: string;
  owner?: string;
  urbanRural?: string;
}

/** 机构: one node of the tree. Its code is kept for ever, its name may change. */
@Entity()
@Scoped({ path: 'orgPath' })
export class Organisation {
  @PrimaryKey({ type: 'uuid' }) id: string = newId();
  @Property({ type: 'text' }) code: string;
  @Property({ type: 'text' }) name: string;
  @Property({ type: 'text' }) tier: Tier;
  @Property({ type: 'text', nullable: true }) parentCode?: string;
  @Property({ type: 'text' }) orgPath: string;
  @Property({ type: 'text', nullable: true }) runningType?: string;
  @Property({ type: 'text', nullable: true }) category?: SchoolCategory;
  @Property({ type: 'text', nullable: true }) owner?: string;
  @Property({ type: 'text', nullable: true }) urbanRural?: string;
  @Property({ type: 'timestamptz' }) foundedAt: Date = new Date();
  @Property({ type: 'integer', version: true }) version: number = 1;

  constructor(orgPath: string, founding: Founding, category?: SchoolCategory) {
    this.code = founding.code;
    this.name = cleanName(founding.name);
    this.orgPath = orgPath;
    this.tier = tierOfPath(orgPath);
    if (orgPath !== rootPath)
      this.parentCode = codeOfPath(orgPath.slice(0, orgPath.lastIndexOf('.', orgPath.length - 2) + 1));
    this.runningType = founding.runningType;
    this.category = category;
    this.owner = founding.owner;
    this.urbanRural = founding.urbanRural;
  }

  /** The centre, made once. */
  static centre(name: string): Organisation {
    return new Organisation(rootPath, { code: rootCode, name });
  }

  /** Founds an organisation directly below this one. A school may hang under any authority, an authority only under the next higher tier. */
  found(founding: Founding): Organisation {
    if (this.tier === 'school') throw malformed('学校没有下级机构');
    return isSchoolCode(founding.code) ? this.foundSchool(founding) : this.foundAuthority(founding);
  }

  rename(name: string): void {
    this.name = cleanName(name);
  }

  private foundAuthority(founding: Founding): Organisation {
    if (founding.runningType) throw malformed('教育行政部门没有办学类型');
    const path = childPath(this.orgPath, founding.code);
    const own = this.orgPath === rootPath ? '' : this.code.slice(0, lengthAt[this.tier]);
    const below = tierBelow[this.tier];
    if (!below || founding.code === rootCode || tierOfPath(path) !== below || !founding.code.startsWith(own))
      throw malformed(`代码 ${founding.code} 不是 ${this.code} 的下级行政区划代码`);
    return new Organisation(path, founding);
  }

  private foundSchool(founding: Founding): Organisation {
    if (this.tier === 'central') throw malformed('学校须设在省、市、县教育行政部门之下');
    // 2 category + 2 province + 6 serial
    if (founding.code.slice(2, 4) !== this.code.slice(0, 2)) throw malformed('学校标识码第 3–4 位应为所在省的代码');
    if (!founding.runningType) throw malformed('学校须有办学类型');
    const kind = categoryOfSchool(founding.runningType);
    if (!kind) throw malformed(`没有办学类型 ${founding.runningType}`);
    if (founding.owner && !codesOf('schoolOwner').has(founding.owner)) throw malformed(`没有举办者 ${founding.owner}`);
    if (founding.urbanRural && !codesOf('urbanRural').has(founding.urbanRural))
      throw malformed(`没有城乡分类 ${founding.urbanRural}`);
    return new Organisation(childPath(this.orgPath, founding.code), founding, kind.category);
  }
}

const lengthAt: Readonly<Partial<Record<Tier, number>>> = { province: 2, city: 4 };
const tierBelow: Readonly<Partial<Record<Tier, Tier>>> = { central: 'province', province: 'city', city: 'county' };

const isSchoolCode = (code: string): boolean => /^\d{10}$/.test(code);
const malformed = (reason: string) => identityRefusals.organisationMalformed({ reason });

function cleanName(name: string): string {
  const clean = name.normalize('NFC').trim();
  if (clean.length < 2) throw malformed('名称至少两个字');
  return clean;
}
