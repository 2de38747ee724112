import { z } from 'zod';
import type { Status, Zone } from '../objects';
import type { Organization } from '../organization';
import { type Call, list, NO_CONTENT, ok, type Routes } from './call';
import { dates } from './dates';
import { EQUAL, parseFilter } from './filter';
import type { ManagementWorld } from './management-world';
import { ALREADY_EXISTS, BLANK, invalid, notFound } from './okta-error';
import { partyOf } from './parties';

const ADDRESSES = z.array(z.object({ type: z.enum(['CIDR', 'RANGE']), value: z.string() })).nullish();
const INPUT = z.object({
  type: z.literal('IP', 'The local Okta only has zones of the type IP'),
  name: z.string().min(1, BLANK).max(128),
  usage: z.enum(['POLICY', 'BLOCKLIST']).default('POLICY'),
  gateways: ADDRESSES,
  proxies: ADDRESSES,
});

/** Network zones. The local Okta keeps them, and does not look at addresses. */
export function zoneRoutes({ organization }: ManagementWorld): Routes {
  const { zones } = organization;
  const found = (call: Call) => {
    const zone = zones.get(call.path('zoneId'));
    if (zone === undefined) throw notFound(call.path('zoneId'), 'NetworkZone');
    return zone;
  };
  const show = (call: Call) => (zone: Zone) => showZone(organization, call, zone);
  const given = (call: Call, me?: Zone) => {
    const { name, ...details } = call.input(INPUT);
    if (zones.find((zone) => zone.name === name && zone.id !== me?.id)) throw invalid('name', ALREADY_EXISTS);
    return { name, details };
  };
  const setStatus = (call: Call, status: Status) => {
    const zone = zones.change(found(call).id, { status });
    call.log('zone.update', partyOf('Zone', zone));
    return ok(show(call)(zone));
  };

  return {
    'GET /zones': list(['filter'], (call) => {
      const filter = call.query('filter');
      const attributes = { id: EQUAL, usage: EQUAL, system: EQUAL, name: EQUAL };
      const fits = filter === undefined ? () => true : parseFilter(filter, { parameter: 'filter', attributes });
      return call.page(
        zones.all().filter((zone) => fits(show(call)(zone))),
        show(call),
      );
    }),
    'POST /zones': (call) => {
      const zone = zones.add({ ...given(call), status: 'ACTIVE' });
      call.log('zone.create', partyOf('Zone', zone));
      return ok(show(call)(zone));
    },
    'GET /zones/{zoneId}': (call) => ok(show(call)(found(call))),
    'PUT /zones/{zoneId}': (call) => {
      const zone = zones.change(found(call).id, given(call, found(call)));
      call.log('zone.update', partyOf('Zone', zone));
      return ok(show(call)(zone));
    },
    'DELETE /zones/{zoneId}': (call) => {
      const zone = found(call);
      zones.remove(zone.id);
      call.log('zone.delete', partyOf('Zone', zone));
      return NO_CONTENT;
    },
    'POST /zones/{zoneId}/lifecycle/activate': (call) => setStatus(call, 'ACTIVE'),
    'POST /zones/{zoneId}/lifecycle/deactivate': (call) => setStatus(call, 'INACTIVE'),
  };
}

function showZone(organization: Organization, call: Call, { id, name, status, details }: Zone): unknown {
  return {
    ...{ type: 'IP', usage: 'POLICY', gateways: null, proxies: null, ...details },
    ...{ id, name, status, system: false, ...dates(organization, id) },
    _links: { self: call.link(`/zones/${id}`) },
  };
}
