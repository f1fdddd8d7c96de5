import { newId } from '@shidang/persistence';
import { readShape, shapeOf } from './shape';

describe('the shape of a case', () => {
  it('is one word for alike submissions, in whatever order their parts come', () => {
    expect(shapeOf({ parts: ['training', 'basic.name', 'training'] })).toBe('basic.name,training');
    expect(shapeOf({ parts: ['basic.name', 'training'] })).toBe('basic.name,training');
  });

  it('is empty for a whole first record', () => {
    expect(shapeOf({})).toBe('');
    expect(readShape('')).toEqual({ mended: false, parts: [] });
  });

  it('tells a mended record from a new one', () => {
    const shape = shapeOf({ supersedes: newId(), parts: ['contact.mobile'] });
    expect(readShape(shape)).toEqual({ mended: true, parts: ['contact.mobile'] });
    expect(readShape(shapeOf({ supersedes: newId() }))).toEqual({ mended: true, parts: [] });
  });
});
