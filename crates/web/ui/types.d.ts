// The wire as the screens see it, by hand from the contract of the HTTP interface and the feed. Types only.
export type Instant = string; // RFC 3339, UTC
export type Day = string; // YYYY-MM-DD
export type Name = { zh: string; en: string };
export type Place = { lat: number; lon: number };
export type Position = Place & { at: Instant };
export type SquadRole = "leader" | "duty_officer" | "committee" | "doctor" | "police" | "interpreter";
export type Tag = "red" | "yellow" | "green";
export type Grant =
  | { role: "duty_officer"; desk: string }
  | { role: "dispatcher" | "escort" | "command" | "export"; district: string }
  | { role: "squad"; place: string; squad_role: SquadRole }
  | { role: "site_manager"; site: string }
  | { role: "auditor" }
  | { role: "administrator" };
export type Account = { id: string; username: string; display_name: string; phone?: string | null; grant: Grant; disabled?: boolean };
export type Session = { account: Account; expires_at: Instant; demo: boolean; now: Instant };
export type Receipt = { subject: string; version: number; at: Instant };
export type Problem = { type: string; title: string; status: number; code: string; detail?: string; field?: string; mend?: string; [data: string]: unknown };
export type Reference = {
  jurisdictions: { code: string; level: string; name: Name; parent: string | null }[];
  desks: { code: string; district: string; terminal: string; point_of_entry: string; name: Name; location: Place; opens?: string | null; closes?: string | null }[];
  receivers: { code: string; kind: "community" | "site"; jurisdiction: string; name: Name }[];
  gates: { code: string; receiver: string; compound: Name; location: Place }[];
  relay_points: { code: string; district: string; name: Name; location: Place; in_use: boolean }[];
  countries: string[];
};
export type People = { total: number; infants: number; wheelchairs: number; luggage: number };
export type Contact = { name: string; phone: string | null };
export type Eta = {
  p10: Instant; p50: Instant; p90: Instant; go_at: Instant; basis: "estimate" | "position" | "manual"; as_of: Instant;
  position_state: "no_vehicle" | "no_position" | "old_position" | "live"; confidence: "firm" | "fair" | "rough"; reasons: { code: string; value: number | string }[]; arriving: boolean;
};
export type Told = { gate_at: Instant; go_at: Instant };
export type Ack = { role: string; by: string; at: Instant; told?: Told };
export type Notice = { sent_at: Instant; renewed_at: Instant | null; deadline_at: Instant; acks: Ack[]; lapsed?: Ack[]; mustered_at: Instant | null; escalated_at: Instant | null };
export type RoadWord = { id: string; district?: string; factor: number; from: Instant; until: Instant; reason: string; by: string };
export type GateRef = { code: string; compound: Name };
export type StopRow = {
  kind: "stop"; stop: string; trip: string; receiver: string; gate: GateRef | null; gate_closed?: { from: Instant; until: Instant; reason: string; by: string };
  stage: "planned" | "boarding" | "en_route" | "arrived" | "offered" | "handed_over" | "cancelled" | "diverted"; eta: Eta | null;
  broken_at: Instant | null; change: { place: Name | null; from_vehicle: string; stage: "expected" | "met" | "closed" } | null;
  people: People; parties: string[]; languages: string[]; from: string[]; flights: string[]; plate: string | null; driver: Contact | null; escort: Contact | null;
  notice: Notice | null; home_check: "none" | "pending" | "suitable" | "unsuitable"; arrived_at: Instant | null; offered_at: Instant | null; handed_over_at: Instant | null; version: number;
  diverted?: { reason: string; by: string; at: Instant };
};
export type Silence = { means: "ask_again" | "agree" | "site"; place: string | null; rule_version: number | null; rule_by: string | null; decided: boolean; escalated_at: Instant | null; asked_again: number };
export type Approval = { mode: "automatic" | "manual"; version: number; confirmed_by: string | null; confirmed_at: Instant | null };
export type ApprovalRow = { kind: "approval"; district: string; mode: "automatic" | "manual"; version: number; reason: string; by: string; at: Instant };
export type PlanningRow = { kind: "planning"; district: string; version: number; reason: string; by: string; at: Instant };
export type PlanningRules = { version: number; apart: Tag[][]; spacing_percent: number; wait_max_minutes: number; ride_max_minutes: number; km_seconds: number; changed: string[] };
export type PlanningAnswer = { in_force: PlanningRules; versions: (PlanningRules & { district: string; reason: string; by: string; at: Instant })[] };
export type OpinionRule = { place: string; version: number; means: "ask_again" | "agree" | "site"; reason: string; by: string; at: Instant };
export type Decision = { kind: string; at: Instant; by?: string; list_version?: number; from?: string; to?: string; answer?: "yes" | "no"; reason?: string; looked_after_by?: string; rule_place?: string; rule_version?: number; mode?: "automatic" | "manual" };
export type RequestRow = {
  kind: "request"; party: string; label: string; receiver: string; gate: GateRef | null; people: People; languages: string[]; from: string[]; asked_at: Instant; deadline_at: Instant | null;
  opinion: "pending" | "agreed" | "refused"; silence: Silence; home_check: "pending" | "suitable" | "unsuitable"; co_residents: number; own_room: boolean; own_toilet: boolean; co_residents_consent: boolean;
};
export type CarRow = {
  kind: "private_car"; party: string; label: string; receiver: string; gate: GateRef | null; people: People; plate: string;
  released_at: Instant; expected_at: Instant | null; overdue: boolean; received_at: Instant | null; open_steps?: OpenSteps | null;
};
export type OpenSteps = { verify: number; inform: number; enrol: number };
export type Destination =
  | { kind: "home"; gate: GateRef | string; receiver: string; home_check: "pending" | "suitable" | "unsuitable"; opinion: "pending" | "agreed" | "refused"; opinion_reason?: string | null; asked_at?: Instant; deadline_at?: Instant; silence: Silence; approval: Approval }
  | { kind: "site"; receiver: string; room?: string | null; opinion?: string | null; reason?: string | null }
  | { kind: "referral"; hospital: string }
  | { kind: "onward"; to?: string }
  | { kind: "free" };
export type PartyStage = "waiting" | "to_refer" | "asked" | "to_confirm" | "disposed" | "assigned" | "boarding" | "riding" | "arrived" | "handed_over" | "private_car" | "referred" | "released";
export type PartyRow = {
  kind: "party"; party: string; label: string; version: number; desk: string; district: string; responsible: string; flight: { number: string; origin: string; landed_on: Day } | string;
  people: People; languages: string[]; from: string[]; tag: Tag; tag_version: number; registered_at: Instant; stage: PartyStage; destination: Destination | null; lapsed?: { receiver: string; room: string; at: Instant } | null; trip: string | null; stop: string | null;
  private_car: null | { state: "recorded" | "released" | "received"; plate: string; expected_at: Instant | null; overdue: boolean };
};
export type PersonName = { surname: string; given: string; local?: string | null };
export type Document = { kind: "passport" | "id_card" | "visa" | "other"; country: string; number: string };
export type Needs = { infant: boolean; wheelchair: boolean; luggage: number };
export type PartyDetail = PartyRow & {
  members: {
    arrival: string; name?: PersonName | null; document?: Document | null; nationality?: string | null; born_on?: Day | null; under_age?: boolean; phone?: string | null; needs: Needs; tag: Tag; tag_because?: string | null; tag_reason?: string | null;
    screening?: { temperature_c?: number | null; symptoms: boolean; contact: boolean } | null; custody: { holder: string; since: Instant; offered?: string | null }; reception?: Reception | null;
  }[];
  address?: string | null; history: { country: string; from: Day; until: Day }[];
};
export type OutsideHours = { from: string; until: string; ends_at: Instant };
export type CrewAway = { vehicle: string; since: Instant };
export type TripStage = "planned" | "boarding" | "en_route" | "completed" | "cancelled";
export type TripRow = {
  kind: "trip"; trip: string; version: number; district: string; stage: TripStage; vehicle: { id: string; name: string; seats: number; cleaning_due_since: Instant | null; out: Closed | null }; plate: string | null;
  driver: (Contact & { id?: string; off_since?: Instant; away?: CrewAway; outside?: OutsideHours }) | null; escorts: { account: string; name: string; phone: string | null; away?: CrewAway }[]; departs_at: Instant; departed_at: Instant | null; seats_taken: number; boarded: number; stops: StopRow[]; position: Position | null; order?: TripOrder;
  changes: ChangeRow[]; breakdown: { at: Instant; reason: string; by: string } | null;
};
export type TripOrder = { to: string; people: number; reason: string; by: string; at: Instant; seen_by: string | null; seen_at: Instant | null };
export type ManifestLine = { arrival: string; party: string; stop: string; label: string; seat: number; name?: PersonName | null; boarded_at: Instant | null; no_show: boolean; change?: string; passing?: "aboard" | "offered" | "passed" };
export type ChangeRow = {
  change: string; from: string; from_vehicle: string; onto: string; onto_vehicle: string; relay_point: string | null; place: Name | null; stage: "expected" | "met" | "closed";
  expected_at: Instant | null; met_at: Instant | null; closed_at: Instant | null; total: number; offered: number; passed: number; aboard: number;
  kept: { arrival: string; party: string; label: string; reason: string; at: Instant }[];
};
export type TripDetail = TripRow & { manifest: ManifestLine[]; places: { stop: string; lat: number; lon: number; map_lat: number; map_lon: number }[] };
export type Device = { id: string; vehicle: string; vehicle_name: string; label: string; enrolled_by: string; enrolled_at: Instant; revoked_at: Instant | null; heard_at: Instant | null; outcome: string | null };
export type Enrolled = { subject: string; version: number; at: Instant; token: string | null; set_up_url: string | null; qr: string[] };
export type Step = { by: string; role: string; at: Instant };
export type Reception = { verified?: Step | null; informed?: (Step & { language: string }) | null; enrolled?: (Step & { temperature_c?: number | null; letter_signed: boolean }) | null };
export type GatePerson = {
  arrival: string; name?: PersonName | null; sex?: "f" | "m" | "x" | null; born_on?: Day | null; languages: string[]; address?: string | null; phone?: string | null;
  health?: { temperature_c?: number | null; symptoms: boolean; contact: boolean } | null; reception: Reception;
};
export type StopDetail = StopRow & { people_list: GatePerson[] };
export type CarDetail = CarRow & { driver?: { name: string; phone: string } | null; people_list: GatePerson[] };
export type SiteRow = { kind: "site"; receiver: string; capacity: number; held: number; occupied: number; out: number; rooms_out: number; free: number; open: boolean; closed?: Closed | null };
export type Closed = { reason: string; by: string; at: Instant };
export type BedDay = { on: Day; free: number; single: number; family: number; accessible: number };
export type BedForecast = { site: string; open: boolean; closed: Closed | null; capacity: BedDay; days: BedDay[] };
export type Stays = {
  site: string; stays: { room: string; party: string; label: string; version: number; people: number; moved_in_at: Instant; day: number; days: number; ends_on: Day; over: boolean }[];
  holds: { room: string; party: string; label: string; people: number; held_at: Instant; expires_at: Instant | null }[];
};
export type SiteRooms = { site: string; rooms: { number: string; kind: "single" | "family" | "accessible"; beds: number; use: "free" | "held" | "lived"; out: Closed | null }[] };
export type Places = {
  sites: { code: string; name: Name; district: string; closed: Closed | null; gates: { code: string; compound: Name; location: Place }[]; rooms: SiteRooms["rooms"] }[];
  relay_points: { code: string; name: Name; district: string; location: Place; out: Closed | null }[];
};
export type FleetRow = { kind: "vehicle"; vehicle: TripRow["vehicle"]; version: number };
export type Row = StopRow | RequestRow | CarRow | PartyRow | TripRow | SiteRow | ApprovalRow | PlanningRow | FleetRow;
export type Ledger = { registered: number; waiting: number; riding: number; handed_over: number; private_car: number; referred: number; released: number; closes: boolean; missing: { party: string; label: string }[] };
export type Kept = { rides: number; inside: number; vehicle_first: number };
export type Errors = { promises: number; median_minutes: number; p90_minutes: number; bias_minutes: number; inside: number };
export type Lead = { rides: number; p10_minutes: number; p50_minutes: number; short: number };
export type Accuracy = {
  from: Day; to: Day; kept: Kept; untold: number; by_stage: { stage: "waiting" | "boarding" | "under_way"; errors: Errors }[];
  by_horizon: { minutes_before: number; errors: Errors }[]; weeks: { monday: Day; kept: Kept }[]; changes: number; reversals: number;
  lead: Lead | null; receivers: { receiver: string; lead: Lead }[]; cut: boolean;
};
export type Escort = { id: string; display_name: string; phone: string | null; languages: string[] };
export type Driver = {
  id: string; version: number; name: string; phone: string; shift: Shift | null; usual: { id: string; name: string } | null; off: { by: string; at: Instant } | null;
  trips: { trip: string; vehicle: { id: string; name: string }; stage: "planned" | "boarding" | "en_route"; departs_at: Instant; departed_at: Instant | null }[];
};
export type GateClosure = { id: string; gate: string; from: Instant; until: Instant; reason: string; by: string };
export type Shift = { from: string; until: string };
export type Vehicle = {
  id: string; version: number; name: string; plate: string | null; seats: number; wheelchair_places: number; luggage_places: number | null; shift: Shift | null;
  out: Closed | null; cleaning_due_since: Instant | null; cleaned: { by: string; at: Instant } | null; trips_today: number;
};
export type DayWhy = { waits_for: "boarding" | "vehicle" | "trip_before"; free_at: Instant | null; same_gate: string[]; stop: number; stops: number; detour_metres: number };
export type DayRider = { party: string; version: number; label: string; people: number; wheelchairs: number; seated: boolean; lost?: string; gate: string; arrives_at: Instant | null; gate_closed_at?: Instant; why: DayWhy | null };
export type DayTrip = { trip: string | null; vehicle: string; name: string; seats: number; usable_seats: number; wheelchair_places: number; departs_at: Instant; decide_by: Instant; riders: DayRider[] };
export type LeftOut = { party: string; version: number; label: string; people: number; wheelchairs: number; gate: string; short: string; most: number | null; until?: Instant };
export type WaitLater = { parties: number; people: number };
export type DayPlan = {
  point_of_entry: string; as_of: Instant; rules: PlanningRules; trips: DayTrip[]; standing: DayTrip[]; left_out: LeftOut[]; later: WaitLater;
  waiting_minutes: number; riding_minutes: number; kilometres: number; over_limit: number; settled: boolean;
};
export type CheckedPlan = { plan: DayPlan; broken: { code: string; trip: number | null; words: string } | null; gone: string[] };
export type RoomPlanGuest = {
  party: string; version: number; label: string; people: number; wheelchairs: number; tag: Tag; wanted: "red_tag" | "home_refused" | "room_given_up" | "undecided"; must: boolean;
  registered_at: Instant; room: { site: string; door: string; way_minutes: number } | null; short: "closed" | "not_accessible" | "not_whole" | "full" | null;
};
export type RoomPlan = { as_of: Instant; sites: { receiver: string; free: number }[]; guests: RoomPlanGuest[]; later: WaitLater };
export type Because = { code: string; free: number | null; needed: number | null; percent: number | null; label: string | null; minutes: number | null; minutes_max: number | null; at: Instant | null; until: Instant | null; reason: string | null };
export type SeatOffer = {
  trip: string | null; vehicle: string; name: string; plate: string | null; departs_at: Instant; arrives_at: Instant; free_seats: number; later_minutes: number; dearer_minutes: number;
  over_limit: boolean; no_language: boolean; cleaning_due_since: Instant | null; why: DayWhy;
};
export type SeatRefused = { trip: string | null; vehicle: string; name: string; departs_at: Instant | null; because: Because };
export type Proposals = { point_of_entry: string; as_of: Instant; offers: SeatOffer[]; refused: SeatRefused[]; sites: { site: string; because: Because }[] };
export type KeyListVersion = { version: number; effective_at: Instant; entries: { country: string; tag: "red" | "yellow" }[]; note: string };
export type MrzRead = {
  format: string; document_type: string; issuer: string; document: Document; surname: string; given_names: string; nationality: string; born_on: Day | null; sex: string; expires_on: Day | null;
  checks: { field: string; ok: boolean }[]; name_unchecked: boolean;
};
export type Match = { party: string; label: string; registered_at: Instant; custody: string; by: "document" | "name_and_birth" };
