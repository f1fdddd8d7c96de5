import { placeOf } from './place';

describe('place of a school', () => {
  test('is the county and the city above it', () => {
    expect(placeOf('0.33.3311.331102.2133001234.')).toEqual({ county: '331102', city: '331100' });
  });

  test('a city-run school (市直属) is listed under the city itself', () => {
    expect(placeOf('0.33.3311.2133001999.')).toEqual({ county: '331100', city: '331100' });
  });

  test('a province-run school under the province', () => {
    expect(placeOf('0.33.2133001999.')).toEqual({ county: '330000', city: '330000' });
  });
});
