import { formatMoney } from '@shop/money';
import { found, missing } from '@shop/replies';

const days = { town: 1, country: 3, abroad: 8 };

/**
 * @param {Request} request
 * @returns {Reply}
 */
export function handle(request) {
  const { to } = request.query;
  if (!Object.hasOwn(days, to)) return missing('way to there');
  return found({ to, days: days[to], price: formatMoney(days[to] * 150) });
}
