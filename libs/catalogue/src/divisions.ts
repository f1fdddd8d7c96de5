export type DivisionLevel = 'central' | 'province' | 'city' | 'county';

export interface Division {
  readonly code: string;
  readonly name: string;
  readonly level: DivisionLevel;
  readonly parent: string | null;
  readonly kind?: 'district' | 'county' | 'autonomousCounty' | 'countyLevelCity';
}

/** GB/T 2260: Lishui's nine county-level units; other cities of Zhejiang at city level only. 331100 also stands for the city's own schools (市直属学校). */
export const divisions: readonly Division[] = [
  { code: '000000', name: '全国(中央)', level: 'central', parent: null },
  { code: '330000', name: '浙江省', level: 'province', parent: '000000' },
  { code: '330100', name: '杭州市', level: 'city', parent: '330000' },
  { code: '330200', name: '宁波市', level: 'city', parent: '330000' },
  { code: '330300', name: '温州市', level: 'city', parent: '330000' },
  { code: '330400', name: '嘉兴市', level: 'city', parent: '330000' },
  { code: '330500', name: '湖州市', level: 'city', parent: '330000' },
  { code: '330600', name: '绍兴市', level: 'city', parent: '330000' },
  { code: '330700', name: '金华市', level: 'city', parent: '330000' },
  { code: '330800', name: '衢州市', level: 'city', parent: '330000' },
  { code: '330900', name: '舟山市', level: 'city', parent: '330000' },
  { code: '331000', name: '台州市', level: 'city', parent: '330000' },
  { code: '331100', name: '丽水市', level: 'city', parent: '330000' },
  { code: '331102', name: '莲都区', level: 'county', kind: 'district', parent: '331100' },
  { code: '331121', name: '青田县', level: 'county', kind: 'county', parent: '331100' },
  { code: '331122', name: '缙云县', level: 'county', kind: 'county', parent: '331100' },
  { code: '331123', name: '遂昌县', level: 'county', kind: 'county', parent: '331100' },
  { code: '331124', name: '松阳县', level: 'county', kind: 'county', parent: '331100' },
  { code: '331125', name: '云和县', level: 'county', kind: 'county', parent: '331100' },
  { code: '331126', name: '庆元县', level: 'county', kind: 'county', parent: '331100' },
  { code: '331127', name: '景宁畲族自治县', level: 'county', kind: 'autonomousCounty', parent: '331100' },
  { code: '331181', name: '龙泉市', level: 'county', kind: 'countyLevelCity', parent: '331100' },
];

/** First two digits of a division code → province. 83 occurs only in residence permits of Taiwan residents. */
export const provinces: Readonly<Record<string, string>> = {
  '11': '北京市',
  '12': '天津市',
  '13': '河北省',
  '14': '山西省',
  '15': '内蒙古自治区',
  '21': '辽宁省',
  '22': '吉林省',
  '23': '黑龙江省',
  '31': '上海市',
  '32': '江苏省',
  '33': '浙江省',
  '34': '安徽省',
  '35': '福建省',
  '36': '江西省',
  '37': '山东省',
  '41': '河南省',
  '42': '湖北省',
  '43': '湖南省',
  '44': '广东省',
  '45': '广西壮族自治区',
  '46': '海南省',
  '50': '重庆市',
  '51': '四川省',
  '52': '贵州省',
  '53': '云南省',
  '54': '西藏自治区',
  '61': '陕西省',
  '62': '甘肃省',
  '63': '青海省',
  '64': '宁夏回族自治区',
  '65': '新疆维吾尔自治区',
  '71': '台湾省',
  '81': '香港特别行政区',
  '82': '澳门特别行政区',
  '83': '台湾地区(居住证)',
};
