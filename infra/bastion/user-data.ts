import * as pulumi from "@pulumi/pulumi";

/**
 * What an instance does at its first boot. Nothing is fetched, so that a VPC without internet brings it up: no packages, no
 * updates (a newer image has these), no agent. The SSH server, which nobody can reach, is switched off as well.
 *
 * Makes the SSM agent send its log, in which every session opens and ends, to a log group. What a port-forwarding session
 * carries cannot be recorded: AWS logs shells only. The format is that of the agent's own `seelog.xml.template`
 * (https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-ssm-agent.html).
 */
export function bastionUserData(logGroupName: pulumi.Input<string>): pulumi.Output<string> {
  return pulumi.interpolate`#cloud-config
package_update: false
package_upgrade: false
repo_upgrade: none
write_files:
  - path: /etc/amazon/ssm/seelog.xml
    permissions: "0644"
    content: |
      <seelog type="adaptive" mininterval="2000000" maxinterval="100000000" critmsgcount="500" minlevel="info">
        <outputs formatid="fmtinfo">
          <rollingfile type="size" filename="/var/log/amazon/ssm/amazon-ssm-agent.log" maxsize="30000000" maxrolls="5"/>
          <filter levels="error,critical" formatid="fmterror">
            <rollingfile type="size" filename="/var/log/amazon/ssm/errors.log" maxsize="10000000" maxrolls="5"/>
          </filter>
          <custom name="cloudwatch_receiver" formatid="fmtinfo" data-log-group="${logGroupName}"/>
        </outputs>
        <formats>
          <format id="fmterror" format="%Date %Time %LEVEL [%FuncShort @ %File.%Line] %Msg%n"/>
          <format id="fmtinfo" format="%Date %Time %LEVEL %Msg%n"/>
        </formats>
      </seelog>
runcmd:
  - systemctl disable --now sshd
  - systemctl restart amazon-ssm-agent
`;
}
