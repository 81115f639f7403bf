import { formatMoney } from '@shop/money';
import { found, missing } from '@shop/replies';

const goods = { bread: 350, cheese: 1290, olives: 475 };

/**
 * @param {Request} request
 * @returns {Reply}
 */
export function handle(request) {
  const { name } = request.query;
  if (!Object.hasOwn(goods, name)) return missing('such goods');
  return found({ name, price: formatMoney(goods[name]) });
}
