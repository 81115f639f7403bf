import { found } from '@shop/replies';

/**
 * @param {Request} request
 * @returns {Reply}
 */
export function handle(request) {
  return found({ to: request.user, text: `Your order ${request.query.order} is on its way` });
}
