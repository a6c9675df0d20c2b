-- The reference data of Huangpu: who is where, before the first traveller is registered.
-- Plain inserts that both engines read alike; no personal data, nothing that only a demo needs.
--
-- Sources
--   jurisdiction  statistical division codes of the National Bureau of Statistics (2023 edition, in the open data set
--                 china-division 2.7.0): district 6 digits, sub-district 9, committee 12; the city is `3101`.
--                 A code that begins with another lies inside it. The ten sub-districts are all there; committees are a
--                 first choice, an administrator adds the others when their squads join.
--   desk          one desk of the district in each terminal, hours as in March 2020: Pudong around the clock (both
--                 hours null), Hongqiao 10-22 h local time.
--   receiver      one community for each committee named above, and two observation sites. The sites stand under the
--                 district, not under a sub-district: a site has its own manager, squads do not watch it.
--   gate          real compounds under the committee whose name or street they carry. Points are WGS-84, placed by
--                 hand at the entrance's street corner and good to about 200 m: enough for an arrival estimate, not
--                 for navigation. Maps sold in China give GCJ-02, which is some 500 m off here: convert before
--                 entering one.
--   room          two model sites; real sites replace these rows with their own floor plans.

create table jurisdiction (
    code    $TEXT not null primary key,
    level   $TEXT not null constraint jurisdiction_level_known check (level in ('city', 'district', 'subdistrict', 'committee')),
    parent  $TEXT references jurisdiction (code),
    name_zh $TEXT not null,
    name_en $TEXT not null
$END_KEYED;

create table desk (
    code           $TEXT  not null primary key,
    district       $TEXT  not null references jurisdiction (code),
    point_of_entry $TEXT  not null,
    terminal       $TEXT  not null,
    name_zh        $TEXT  not null,
    name_en        $TEXT  not null,
    lat            $REAL not null,
    lon            $REAL not null,
    opens          $TEXT,
    closes         $TEXT
$END_KEYED;

create table receiver (
    code         $TEXT not null primary key,
    kind         $TEXT not null constraint receiver_kind_known check (kind in ('community', 'site')),
    jurisdiction $TEXT not null references jurisdiction (code),
    name_zh      $TEXT not null,
    name_en      $TEXT not null
$END_KEYED;

create table gate (
    code        $TEXT  not null primary key,
    receiver    $TEXT  not null references receiver (code),
    compound_zh $TEXT  not null,
    compound_en $TEXT  not null,
    lat         $REAL not null,
    lon         $REAL not null
$END_KEYED;

create table room (
    site   $TEXT  not null references receiver (code),
    number $TEXT  not null,
    kind   $TEXT  not null constraint room_kind_known check (kind in ('single', 'family', 'accessible')),
    beds   $INT8 not null constraint room_has_beds check (beds > 0),
    primary key (site, number),
    unique (site, number, beds)
$END_KEYED;

insert into jurisdiction (code, level, parent, name_zh, name_en) values
    ('3101', 'city', null, '上海市', 'Shanghai'),
    ('310101', 'district', '3101', '黄浦区', 'Huangpu District'),
    ('310101002', 'subdistrict', '310101', '南京东路街道', 'East Nanjing Road Sub-district'),
    ('310101013', 'subdistrict', '310101', '外滩街道', 'The Bund Sub-district'),
    ('310101015', 'subdistrict', '310101', '半淞园路街道', 'Bansongyuan Road Sub-district'),
    ('310101017', 'subdistrict', '310101', '小东门街道', 'Xiaodongmen Sub-district'),
    ('310101018', 'subdistrict', '310101', '豫园街道', 'Yuyuan Sub-district'),
    ('310101019', 'subdistrict', '310101', '老西门街道', 'Laoximen Sub-district'),
    ('310101020', 'subdistrict', '310101', '五里桥街道', 'Wuliqiao Sub-district'),
    ('310101021', 'subdistrict', '310101', '打浦桥街道', 'Dapuqiao Sub-district'),
    ('310101022', 'subdistrict', '310101', '淮海中路街道', 'Middle Huaihai Road Sub-district'),
    ('310101023', 'subdistrict', '310101', '瑞金二路街道', 'Ruijin No. 2 Road Sub-district'),
    ('310101002010', 'committee', '310101002', '承兴居委会', 'Chengxing Committee'),
    ('310101002023', 'committee', '310101002', '顺天村居委会', 'Shuntiancun Committee'),
    ('310101013018', 'committee', '310101013', '宝兴居委会', 'Baoxing Committee'),
    ('310101013015', 'committee', '310101013', '盛泽居委会', 'Shengze Committee'),
    ('310101015022', 'committee', '310101015', '耀江花园居委会', 'Yaojiang Garden Committee'),
    ('310101015023', 'committee', '310101015', '黄浦新苑居委会', 'Huangpu Xinyuan Committee'),
    ('310101017005', 'committee', '310101017', '西姚居委会', 'Xiyao Committee'),
    ('310101017009', 'committee', '310101017', '白渡居委会', 'Baidu Committee'),
    ('310101017012', 'committee', '310101017', '乔家居委会', 'Qiaojia Committee'),
    ('310101017013', 'committee', '310101017', '金坛居委会', 'Jintan Committee'),
    ('310101017016', 'committee', '310101017', '阳光居委会', 'Yangguang Committee'),
    ('310101017021', 'committee', '310101017', '万裕居委会', 'Wanyu Committee'),
    ('310101018008', 'committee', '310101018', '太阳都市居委会', 'Taiyang Dushi Committee'),
    ('310101018013', 'committee', '310101018', '露香居委会', 'Luxiang Committee'),
    ('310101019024', 'committee', '310101019', '龙门邨居委会', 'Longmencun Committee'),
    ('310101019031', 'committee', '310101019', '明日星城居委会', 'Mingri Xingcheng Committee'),
    ('310101020020', 'committee', '310101020', '瑞南居委会', 'Ruinan Committee'),
    ('310101020021', 'committee', '310101020', '海悦居委会', 'Haiyue Committee'),
    ('310101021018', 'committee', '310101021', '锦海居委会', 'Jinhai Committee'),
    ('310101021020', 'committee', '310101021', '汇龙居委会', 'Huilong Committee'),
    ('310101022015', 'committee', '310101022', '西成居委会', 'Xicheng Committee'),
    ('310101022027', 'committee', '310101022', '新天地居委会', 'Xintiandi Committee'),
    ('310101023001', 'committee', '310101023', '雁荡居委会', 'Yandang Committee'),
    ('310101023013', 'committee', '310101023', '陕建居委会', 'Shanjian Committee');

insert into desk (code, district, point_of_entry, terminal, name_zh, name_en, lat, lon, opens, closes) values
    ('pvg-t1-310101', '310101', 'PVG', 'T1', '浦东机场T1航站楼黄浦区驻点', 'Pudong T1, Huangpu desk', 31.1496, 121.8010, null, null),
    ('pvg-t2-310101', '310101', 'PVG', 'T2', '浦东机场T2航站楼黄浦区驻点', 'Pudong T2, Huangpu desk', 31.1508, 121.8083, null, null),
    ('sha-t1-310101', '310101', 'SHA', 'T1', '虹桥机场T1航站楼黄浦区驻点', 'Hongqiao T1, Huangpu desk', 31.1939, 121.3424, '10:00', '22:00');

insert into receiver (code, kind, jurisdiction, name_zh, name_en) values
    ('huangpu-njd-chengxing', 'community', '310101002010', '承兴居民区', 'Chengxing Community'),
    ('huangpu-njd-shuntiancun', 'community', '310101002023', '顺天村居民区', 'Shuntiancun Community'),
    ('huangpu-wt-baoxing', 'community', '310101013018', '宝兴居民区', 'Baoxing Community'),
    ('huangpu-wt-shengze', 'community', '310101013015', '盛泽居民区', 'Shengze Community'),
    ('huangpu-bsy-yaojiang', 'community', '310101015022', '耀江花园居民区', 'Yaojiang Garden Community'),
    ('huangpu-bsy-huangpuxinyuan', 'community', '310101015023', '黄浦新苑居民区', 'Huangpu Xinyuan Community'),
    ('huangpu-xdm-xiyao', 'community', '310101017005', '西姚居民区', 'Xiyao Community'),
    ('huangpu-xdm-baidu', 'community', '310101017009', '白渡居民区', 'Baidu Community'),
    ('huangpu-xdm-qiaojia', 'community', '310101017012', '乔家居民区', 'Qiaojia Community'),
    ('huangpu-xdm-jintan', 'community', '310101017013', '金坛居民区', 'Jintan Community'),
    ('huangpu-xdm-yangguang', 'community', '310101017016', '阳光居民区', 'Yangguang Community'),
    ('huangpu-xdm-wanyu', 'community', '310101017021', '万裕居民区', 'Wanyu Community'),
    ('huangpu-yy-taiyangdushi', 'community', '310101018008', '太阳都市居民区', 'Taiyang Dushi Community'),
    ('huangpu-yy-luxiang', 'community', '310101018013', '露香居民区', 'Luxiang Community'),
    ('huangpu-lxm-longmencun', 'community', '310101019024', '龙门邨居民区', 'Longmencun Community'),
    ('huangpu-lxm-mingrixingcheng', 'community', '310101019031', '明日星城居民区', 'Mingri Xingcheng Community'),
    ('huangpu-wlq-ruinan', 'community', '310101020020', '瑞南居民区', 'Ruinan Community'),
    ('huangpu-wlq-haiyue', 'community', '310101020021', '海悦居民区', 'Haiyue Community'),
    ('huangpu-dpq-jinhai', 'community', '310101021018', '锦海居民区', 'Jinhai Community'),
    ('huangpu-dpq-huilong', 'community', '310101021020', '汇龙居民区', 'Huilong Community'),
    ('huangpu-hhz-xicheng', 'community', '310101022015', '西成居民区', 'Xicheng Community'),
    ('huangpu-hhz-xintiandi', 'community', '310101022027', '新天地居民区', 'Xintiandi Community'),
    ('huangpu-rje-yandang', 'community', '310101023001', '雁荡居民区', 'Yandang Community'),
    ('huangpu-rje-shanjian', 'community', '310101023013', '陕建居民区', 'Shanjian Community'),
    ('huangpu-site-1', 'site', '310101', '黄浦区第一集中观察点', 'Huangpu Observation Site 1'),
    ('huangpu-site-2', 'site', '310101', '黄浦区第二集中观察点', 'Huangpu Observation Site 2');

insert into gate (code, receiver, compound_zh, compound_en, lat, lon) values
    ('huangpu-njd-chengxing-g1', 'huangpu-njd-chengxing', '承兴里', 'Chengxing Li', 31.2382, 121.4667),
    ('huangpu-njd-shuntiancun-g1', 'huangpu-njd-shuntiancun', '顺天村', 'Shuntian Village', 31.2357, 121.4638),
    ('huangpu-wt-baoxing-g1', 'huangpu-wt-baoxing', '宝兴里', 'Baoxing Li', 31.2302, 121.4842),
    ('huangpu-wt-shengze-g1', 'huangpu-wt-shengze', '盛泽路里弄', 'Shengze Road Lanes', 31.2316, 121.4838),
    ('huangpu-bsy-yaojiang-g1', 'huangpu-bsy-yaojiang', '耀江花园', 'Yaojiang Garden', 31.2042, 121.4906),
    ('huangpu-bsy-huangpuxinyuan-g1', 'huangpu-bsy-huangpuxinyuan', '黄浦新苑', 'Huangpu Xinyuan', 31.2012, 121.4868),
    ('huangpu-xdm-xiyao-g1', 'huangpu-xdm-xiyao', '西姚家弄', 'Xiyaojia Lane', 31.2196, 121.4936),
    ('huangpu-xdm-baidu-g1', 'huangpu-xdm-baidu', '金外滩花园', 'Golden Bund Garden', 31.2214, 121.5014),
    ('huangpu-xdm-qiaojia-g1', 'huangpu-xdm-qiaojia', '乔家路里弄', 'Qiaojia Road Lanes', 31.2173, 121.4909),
    ('huangpu-xdm-qiaojia-g2', 'huangpu-xdm-qiaojia', '凝和路里弄', 'Ninghe Road Lanes', 31.2166, 121.4893),
    ('huangpu-xdm-jintan-g1', 'huangpu-xdm-jintan', '金坛路35弄', 'Lane 35, Jintan Road', 31.2139, 121.4914),
    ('huangpu-xdm-yangguang-g1', 'huangpu-xdm-yangguang', '阳光翠竹苑', 'Yangguang Cuizhu Yuan', 31.2122, 121.4989),
    ('huangpu-xdm-wanyu-g1', 'huangpu-xdm-wanyu', '滨江名人苑', 'Binjiang Mingren Yuan', 31.2128, 121.5029),
    ('huangpu-yy-taiyangdushi-g1', 'huangpu-yy-taiyangdushi', '太阳都市花园', 'Sun City Garden', 31.2274, 121.4773),
    ('huangpu-yy-luxiang-g1', 'huangpu-yy-luxiang', '露香园', 'Luxiang Yuan', 31.2243, 121.4819),
    ('huangpu-lxm-longmencun-g1', 'huangpu-lxm-longmencun', '龙门邨', 'Longmen Village', 31.2151, 121.4843),
    ('huangpu-lxm-mingrixingcheng-g1', 'huangpu-lxm-mingrixingcheng', '明日星城', 'Mingri Xingcheng', 31.2118, 121.4836),
    ('huangpu-wlq-ruinan-g1', 'huangpu-wlq-ruinan', '瑞南新苑', 'Ruinan Xinyuan', 31.1988, 121.4656),
    ('huangpu-wlq-haiyue-g1', 'huangpu-wlq-haiyue', '海悦花园', 'Haiyue Garden', 31.2004, 121.4739),
    ('huangpu-dpq-jinhai-g1', 'huangpu-dpq-jinhai', '锦海大厦', 'Jinhai Mansion', 31.2079, 121.4642),
    ('huangpu-dpq-huilong-g1', 'huangpu-dpq-huilong', '汇龙新城', 'Huilong Xincheng', 31.2047, 121.4662),
    ('huangpu-hhz-xicheng-g1', 'huangpu-hhz-xicheng', '西成里', 'Xicheng Li', 31.2154, 121.4722),
    ('huangpu-hhz-xintiandi-g1', 'huangpu-hhz-xintiandi', '翠湖天地', 'Lakeville', 31.2196, 121.4754),
    ('huangpu-rje-yandang-g1', 'huangpu-rje-yandang', '雁荡公寓', 'Yandang Apartments', 31.2186, 121.4637),
    ('huangpu-rje-shanjian-g1', 'huangpu-rje-shanjian', '步高里', 'Bugao Li', 31.2091, 121.4591),
    ('huangpu-site-1-g1', 'huangpu-site-1', '第一集中观察点（沿江宾馆）', 'Site 1 (riverside guest house)', 31.2068, 121.4987),
    ('huangpu-site-2-g1', 'huangpu-site-2', '第二集中观察点（城南酒店）', 'Site 2 (south city hotel)', 31.2032, 121.4776);

-- Single rooms hold one, or two who belong together; family rooms three or four; one accessible room on each floor.
insert into room (site, number, kind, beds) values
    ('huangpu-site-1', '201', 'accessible', 2), ('huangpu-site-1', '202', 'family', 4),
    ('huangpu-site-1', '203', 'family', 3), ('huangpu-site-1', '204', 'single', 1),
    ('huangpu-site-1', '205', 'single', 1), ('huangpu-site-1', '206', 'single', 1),
    ('huangpu-site-1', '207', 'single', 2), ('huangpu-site-1', '208', 'single', 2),
    ('huangpu-site-1', '301', 'accessible', 2), ('huangpu-site-1', '302', 'family', 4),
    ('huangpu-site-1', '303', 'family', 3), ('huangpu-site-1', '304', 'single', 1),
    ('huangpu-site-1', '305', 'single', 1), ('huangpu-site-1', '306', 'single', 1),
    ('huangpu-site-1', '307', 'single', 2), ('huangpu-site-1', '308', 'single', 2),
    ('huangpu-site-1', '401', 'accessible', 2), ('huangpu-site-1', '402', 'family', 4),
    ('huangpu-site-1', '403', 'family', 3), ('huangpu-site-1', '404', 'single', 1),
    ('huangpu-site-1', '405', 'single', 1), ('huangpu-site-1', '406', 'single', 1),
    ('huangpu-site-1', '407', 'single', 2), ('huangpu-site-1', '408', 'single', 2),
    ('huangpu-site-2', '301', 'accessible', 2), ('huangpu-site-2', '302', 'family', 4),
    ('huangpu-site-2', '303', 'family', 3), ('huangpu-site-2', '304', 'single', 1),
    ('huangpu-site-2', '305', 'single', 1), ('huangpu-site-2', '306', 'single', 1),
    ('huangpu-site-2', '307', 'single', 2), ('huangpu-site-2', '308', 'single', 2),
    ('huangpu-site-2', '401', 'accessible', 2), ('huangpu-site-2', '402', 'family', 4),
    ('huangpu-site-2', '403', 'family', 3), ('huangpu-site-2', '404', 'single', 1),
    ('huangpu-site-2', '405', 'single', 1), ('huangpu-site-2', '406', 'single', 1),
    ('huangpu-site-2', '407', 'single', 2), ('huangpu-site-2', '408', 'single', 2),
    ('huangpu-site-2', '501', 'accessible', 2), ('huangpu-site-2', '502', 'family', 4),
    ('huangpu-site-2', '503', 'family', 3), ('huangpu-site-2', '504', 'single', 1),
    ('huangpu-site-2', '505', 'single', 1), ('huangpu-site-2', '506', 'single', 1),
    ('huangpu-site-2', '507', 'single', 2), ('huangpu-site-2', '508', 'single', 2),
    ('huangpu-site-2', '601', 'accessible', 2), ('huangpu-site-2', '602', 'family', 4),
    ('huangpu-site-2', '603', 'family', 3), ('huangpu-site-2', '604', 'single', 1),
    ('huangpu-site-2', '605', 'single', 1), ('huangpu-site-2', '606', 'single', 1),
    ('huangpu-site-2', '607', 'single', 2), ('huangpu-site-2', '608', 'single', 2),
    ('huangpu-site-2', '701', 'accessible', 2), ('huangpu-site-2', '702', 'family', 4),
    ('huangpu-site-2', '703', 'family', 3), ('huangpu-site-2', '704', 'single', 1),
    ('huangpu-site-2', '705', 'single', 1), ('huangpu-site-2', '706', 'single', 1),
    ('huangpu-site-2', '707', 'single', 2), ('huangpu-site-2', '708', 'single', 2);
