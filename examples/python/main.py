from cdk8s import App, Chart, Duration, Size
from codeconnect_vm_operator import (
    Amount,
    DeletionPolicy,
    Readiness,
    UpdateStrategy,
    VmGroup,
    VmGroupMetadata,
)


def web(app: App, environment: str, replicas: int) -> VmGroup:
    chart = Chart(app, environment, namespace=environment)
    production = environment == "production"
    return VmGroup(
        chart,
        "web",
        metadata=VmGroupMetadata(name="web"),
        template="/dc1/vm/templates/ubuntu",
        replicas=replicas,
        cpu=2,
        memory=Size.gibibytes(4),
        readiness=Readiness.ip_address(),
        min_ready=Duration.seconds(30),
        update_strategy=UpdateStrategy.rolling_update(
            max_surge=Amount.percent(25),
            max_unavailable=Amount.absolute(0),
        ),
        deletion_policy=DeletionPolicy.ORPHAN if production else DeletionPolicy.DELETE,
    )


app = App()
web(app, "test", 1)
web(app, "production", 6)
app.synth()
