/** The log reader that turns what happens into deliveries. */
export const WEBHOOK_READER = 'webhook';
/** The job that sends one. */
export const DELIVER_JOB = 'webhook.deliver';

export interface DeliverPayload {
  deliveryId: string;
  /** A job of a round before has nothing left to do. */
  round: number;
}

export const deliverKey = ({ deliveryId, round }: DeliverPayload): string => `${deliveryId}.${round}`;
/** What its secret is sealed for. */
export const secretOwner = (webhookId: string): string => `webhook/${webhookId}`;

/** What still waits is given up once its webhook is off. */
export const GIVE_UP = /* sql */ `UPDATE webhook_delivery SET state = 'FAILED', error = 'SWITCHED_OFF' WHERE webhook_id = $1 AND state = 'WAITING'`;
