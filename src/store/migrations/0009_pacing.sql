-- What is asked before an alert is sent: how much its recipient was told of late, and which message may still grow.
CREATE INDEX delivery_alerts ON delivery (recipient, created_at) WHERE kind = 'alert';
CREATE INDEX delivery_held ON delivery (recipient, next_attempt_at)
    WHERE state = 'queued' AND kind = 'alert' AND lease_gen = 0;
CREATE INDEX alert_spoken ON alert (recipient, rule, created_at);
CREATE INDEX edit_alert_spoken ON edit_alert (recipient, rule, created_at);
